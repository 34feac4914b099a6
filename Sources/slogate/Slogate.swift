import ArgumentParser

@main
struct Slogate: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "slogate", abstract: "SLO release gate.")
}
