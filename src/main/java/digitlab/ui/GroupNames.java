package digitlab.ui;

import digitlab.compare.PlanGroup;

/** What the runs of a plan are called together. */
final class GroupNames {
  private GroupNames() {}

  /** The name of the first experiment, and how many runs there are if it is not alone. */
  static String of(PlanGroup group) {
    int runs = group.runs().size();
    return runs == 1 ? group.name() : Texts.get("compare.group", group.name(), runs);
  }
}
