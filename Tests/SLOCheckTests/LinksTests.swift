import SLOGate
import Testing

@testable import SLOCheck

@Suite("Pages that a build server names")
struct LinksTests {
  private static let sha = "9f3c1ab04d2e77a1c0b5"

  private func page(_ variables: [String: String], in folder: String? = "svc/") -> String? {
    VerdictLinks({ variables[$0] }, in: folder).files?.page(ofLine: 12, in: "b.yaml", at: LinksTests.sha)
  }

  private static let gitHub = [
    "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "o/r",
  ]

  @Test("A line of a file at a commit: GitHub, GitLab, Azure DevOps")
  func hosts() {
    let tail = "\(LinksTests.sha)/svc/b.yaml#L12"
    #expect(page(LinksTests.gitHub) == "https://github.example/o/r/blob/\(tail)")
    #expect(
      page(["GITLAB_CI": "true", "CI_PROJECT_URL": "https://x:secret@lab.example/o/r"])
        == "https://lab.example/o/r/-/blob/\(tail)")
    let azure = page(["TF_BUILD": "True", "BUILD_REPOSITORY_URI": "https://dev.example/o/_git/r"])
    #expect(
      azure?.hasPrefix("https://dev.example/o/_git/r?version=GC\(LinksTests.sha)&path=/svc/b.yaml&line=12&")
        == true)
  }

  @Test("None outside a repository, outside a code host, or for an address that is none")
  func none() {
    #expect(page(LinksTests.gitHub, in: nil) == nil)
    #expect(page([:]) == nil)
    #expect(page(["BUILDKITE": "true", "BUILDKITE_BUILD_URL": "https://b.example/1"]) == nil)
    var odd = LinksTests.gitHub
    odd["GITHUB_SERVER_URL"] = "javascript:alert(1)//"
    #expect(page(odd) == nil)
  }
}
