enum EndpointName { static func collapsed(_ v: String) -> (name: String, host: String?) { (v, nil) } }
struct EndpointLimit { init(capacity: Int) {}; func admits(_ n: String) -> Bool { true }; mutating func merge(_ o: EndpointLimit) {}; func keeps(_ n: String) -> Bool { true } }
