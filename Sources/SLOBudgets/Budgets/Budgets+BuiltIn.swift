internal import SLOModel
internal import SLOReaders

extension Budgets {
  /// The limits that hold where there is no budget file: six of the run as a whole under `baseline` and `spike`, none of
  /// their endpoints, and the policies that hold besides files too.
  public static let builtIn: Budgets = {
    var budgets = policies(besideFiles: false)
    budgets.files = []
    budgets.expectations = Expectations()
    budgets.defaultsReachEndpoints = false
    return budgets
  }()

  /// The entries of the policy that holds besides budget files under a profile; every entry of a file goes before them.
  /// None for kinds of evidence without such a policy.
  static func policyEntries(under profile: String) -> [Entry] {
    EvidenceKind.of(profile: profile).policy?.holdsBesideFiles == true ? entriesBesideFiles : []
  }

  /// The limits of that policy on the run as a whole; those of files go before them.
  static func policyLimitsOfRun(under profile: String) -> [Limit] {
    EvidenceKind.of(profile: profile).policy?.holdsBesideFiles == true
      ? policyBesideFiles.wholeRun.limits(for: profile) : []
  }

  private static let policyBesideFiles = policies(besideFiles: true)
  private static let entriesBesideFiles: [Entry] = policyBesideFiles.allEntries

  /// The built-in policies of the kinds of evidence, read as budget files.
  private static func policies(besideFiles: Bool) -> Budgets {
    var loader = BudgetLoader(vocabulary: Vocabulary())
    for policy in EvidenceKind.all.compactMap(\.policy) where policy.holdsBesideFiles == besideFiles {
      loader.add(bytes: Array(policy.text.utf8), file: policy.title)
    }
    // A test reads every policy: here none can be wrong.
    return (try? loader.finish())?.ofWholeFiles ?? Budgets()
  }

  /// The same limits, their places without a line: a policy that is no file has none.
  private var ofWholeFiles: Budgets {
    var budgets = self
    (budgets.defaults, budgets.wholeRun) = (defaults.ofWholeFiles, wholeRun.ofWholeFiles)
    budgets.exactEntries = exactEntries.mapValues { $0.map(\.ofWholeFile) }
    budgets.globEntries = globEntries.map(\.ofWholeFile)
    return budgets
  }
}

extension Entry {
  fileprivate var ofWholeFile: Entry {
    var entry = self
    (entry.place, entry.limits) = (Place(file: place.file), limits.ofWholeFiles)
    return entry
  }
}

extension ProfileLimits {
  fileprivate var ofWholeFiles: ProfileLimits {
    var limits = self
    limits.limits = limits.limits.mapValues { limits in
      limits.map { limit in
        var limit = limit
        limit.place = Place(file: limit.place.file)
        return limit
      }
    }
    return limits
  }
}
