package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import digitlab.experiment.Catalogue;
import digitlab.experiment.Experiment;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Marks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Name, tags and notes of an experiment. */
final class MarksDialog extends Dialog {
  private static final long serialVersionUID = 1;

  private final transient Catalogue catalogue;
  private final transient ListedExperiment listed;
  private final TextField name = new TextField(Texts.get("experiments.name"));
  private final MultiSelectComboBox<String> tags =
      new MultiSelectComboBox<>(Texts.get("experiments.tags"));
  private final TextArea notes = new TextArea(Texts.get("experiments.notes"));

  MarksDialog(Catalogue catalogue, ListedExperiment listed) {
    this.catalogue = catalogue;
    this.listed = listed;
    setHeaderTitle(Texts.get("experiments.describe"));
    addClassName("marks");
    name.setMaxLength(Experiment.LONGEST_NAME);
    name.setRequired(true);
    name.setValue(listed.experiment().name());
    name.setId("marks-name");
    Set<String> known = new LinkedHashSet<>(catalogue.tags());
    known.addAll(listed.marks().tags());
    List<String> items = new ArrayList<>(known);
    tags.setItems(items);
    tags.setValue(new LinkedHashSet<>(listed.marks().tags()));
    tags.setAllowCustomValue(true);
    tags.setHelperText(Texts.get("experiments.tags.help"));
    tags.addCustomValueSetListener(event -> addTag(items, event.getDetail().strip()));
    tags.setId("marks-tags");
    notes.setMaxLength(Marks.LONGEST_NOTES);
    notes.setMinRows(4);
    notes.setValue(listed.marks().notes());
    notes.setId("marks-notes");
    Div fields = new Div(name, tags, notes);
    fields.addClassName("marks-fields");
    add(fields);
    Button cancel = new Button(Texts.get("action.cancel"), _ -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    Button save = new Button(Texts.get("action.save"), _ -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    save.setId("marks-save");
    getFooter().add(cancel, save);
  }

  private void addTag(List<String> items, String tag) {
    if (!tag.isEmpty() && tag.length() <= Marks.LONGEST_TAG) {
      Set<String> chosen = new LinkedHashSet<>(tags.getValue());
      if (!items.contains(tag)) {
        items.add(tag);
        tags.setItems(items);
      }
      chosen.add(tag);
      tags.setValue(chosen);
    }
  }

  private void save() {
    if (name.getValue().isBlank()) {
      name.setInvalid(true);
      return;
    }
    List<String> chosen = List.copyOf(tags.getValue());
    try {
      catalogue.mark(listed.id(), listed.marks().describedAs(chosen, notes.getValue()));
    } catch (IllegalArgumentException e) {
      tags.setErrorMessage(Texts.get("experiments.tags.many"));
      tags.setInvalid(true);
      return;
    }
    if (!name.getValue().strip().equals(listed.experiment().name())) {
      catalogue.rename(listed.id(), name.getValue());
    }
    close();
  }
}
