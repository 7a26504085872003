package digitlab.net;

import java.util.ArrayList;
import java.util.List;

/** Keeps the terms of a sum that weigh most, the largest first; zeros are left out. */
final class TopTerms {
  private final int most;
  private final List<NeuronStudy.Term> terms = new ArrayList<>();

  TopTerms(int most) {
    this.most = most;
  }

  void offer(int index, double weight, double factor) {
    NeuronStudy.Term term = new NeuronStudy.Term(index, weight, factor);
    double size = Math.abs(term.product());
    int at = terms.size();
    while (at > 0 && Math.abs(terms.get(at - 1).product()) < size) {
      at--;
    }
    if (size > 0 && at < most) {
      terms.add(at, term);
      if (terms.size() > most) {
        terms.removeLast();
      }
    }
  }

  List<NeuronStudy.Term> list() {
    return List.copyOf(terms);
  }
}
