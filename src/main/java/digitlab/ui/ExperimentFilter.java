package digitlab.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import digitlab.experiment.ExperimentQuery;
import digitlab.experiment.ExperimentQuery.Show;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a list of experiments is narrowed down by; all of it stands in the address, too. */
final class ExperimentFilter extends Div {
  private static final long serialVersionUID = 1;
  private static final int TYPING_PAUSE = 300; // milliseconds

  private final TextField text = new TextField();
  private final Select<Show> show = new Select<>();
  private final ComboBox<String> tag = new ComboBox<>();
  private final transient Consumer<ExperimentQuery> listener;
  private boolean presenting; // the values come from the program, not from a person

  /**
   * @param listener is told each change
   */
  ExperimentFilter(Consumer<ExperimentQuery> listener) {
    this.listener = listener;
    addClassName("filter");
    text.setPlaceholder(Texts.get("experiments.search"));
    text.setAriaLabel(Texts.get("experiments.search"));
    text.setPrefixComponent(VaadinIcon.SEARCH.create());
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.setValueChangeTimeout(TYPING_PAUSE);
    text.setMaxLength(100);
    text.setId("search");
    show.setItems(Show.values());
    show.setItemLabelGenerator(part -> Texts.get("experiments.show." + part));
    show.setAriaLabel(Texts.get("experiments.show"));
    show.setValue(Show.ALL);
    show.setId("show");
    tag.setPlaceholder(Texts.get("experiments.tag"));
    tag.setAriaLabel(Texts.get("experiments.tag"));
    tag.setClearButtonVisible(true);
    tag.setId("tag");
    tag.setVisible(false);
    text.addValueChangeListener(_ -> changed());
    show.addValueChangeListener(_ -> changed());
    tag.addValueChangeListener(_ -> changed());
    add(text, show, tag);
  }

  private void changed() {
    if (!presenting) {
      listener.accept(query());
    }
  }

  /** As it stands; its order is the usual one. */
  ExperimentQuery query() {
    return ExperimentQuery.ALL
        .withText(text.getValue())
        .withShow(show.getValue())
        .withTag(tag.getValue());
  }

  /** Offers these tags. */
  void offer(List<String> tags) {
    presenting = true;
    @Nullable String chosen = tag.getValue();
    tag.setItems(tags);
    tag.setValue(chosen != null && tags.contains(chosen) ? chosen : null);
    tag.setVisible(!tags.isEmpty());
    presenting = false;
  }

  /** Takes over what an address says; what it says of other things, or wrongly, is passed over. */
  void read(QueryParameters address) {
    presenting = true;
    address.getSingleParameter("text").ifPresent(text::setValue);
    address
        .getSingleParameter("show")
        .ifPresent(
            name -> {
              for (Show part : Show.values()) {
                if (part.toString().equals(name)) {
                  show.setValue(part);
                }
              }
            });
    address
        .getSingleParameter("tag")
        .filter(name -> tag.getListDataView().contains(name))
        .ifPresent(tag::setValue);
    presenting = false;
  }

  /** The reverse of {@link #read}. */
  QueryParameters address() {
    Map<String, String> parameters = new LinkedHashMap<>();
    ExperimentQuery query = query();
    if (!query.text().isBlank()) {
      parameters.put("text", query.text());
    }
    if (query.show() != Show.ALL) {
      parameters.put("show", query.show().toString());
    }
    if (query.tag() != null) {
      parameters.put("tag", query.tag());
    }
    return QueryParameters.simple(parameters);
  }
}
