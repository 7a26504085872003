package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Marks;
import digitlab.experiment.Run;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is called, how it stands, and what people wrote on it: all of it to change.
 */
final class ExperimentTitle extends Div {
  private static final long serialVersionUID = 1;

  private final transient Catalogue catalogue;
  private final H1 name = new H1();
  private final StatusBadge status = new StatusBadge(null);
  private final Button favourite = iconButton("favourite");
  private final Button describe = iconButton("describe");
  private final Button archive = new Button();
  private final Div tags = new Div();
  private final Paragraph notes = new Paragraph();
  private long experiment;

  ExperimentTitle(Catalogue catalogue) {
    this.catalogue = catalogue;
    describe.setIcon(VaadinIcon.PENCIL.create());
    label(describe, "experiments.describe");
    describe.addClickListener(_ -> describe());
    favourite.addClassName("star");
    favourite.addClickListener(_ -> mark(now -> now.withFavourite(!now.favourite())));
    archive.addThemeVariants(ButtonVariant.TERTIARY);
    archive.setIcon(VaadinIcon.ARCHIVE.create());
    archive.setId("archive");
    archive.addClickListener(_ -> mark(now -> now.withArchived(!now.archived())));
    tags.addClassName("tags");
    notes.addClassName("own-notes");
    Div line = new Div(name, status, favourite, describe);
    line.addClassName("title");
    add(line, tags, notes);
  }

  private static Button iconButton(String id) {
    Button button = new Button();
    button.setId(id);
    button.addThemeVariants(ButtonVariant.TERTIARY);
    return button;
  }

  private static void label(Button button, String key) {
    button.setAriaLabel(Texts.get(key));
    button.setTooltipText(Texts.get(key));
  }

  /** Stands with the buttons for the experiment as a whole. */
  Button archive() {
    return archive;
  }

  /** Shows this experiment. */
  void show(long id) {
    experiment = id;
    catalogue.find(id).ifPresent(this::show);
  }

  void showStatus(@Nullable Run run) {
    status.show(run);
  }

  private void show(ListedExperiment listed) {
    Marks marks = listed.marks();
    name.setText(listed.experiment().name());
    favourite.setIcon((marks.favourite() ? VaadinIcon.STAR : VaadinIcon.STAR_O).create());
    favourite.getElement().setAttribute("aria-pressed", Boolean.toString(marks.favourite()));
    label(favourite, marks.favourite() ? "action.unfavourite" : "action.favourite");
    archive.setText(Texts.get(marks.archived() ? "action.unarchive" : "action.archive"));
    tags.removeAll();
    for (String tag : marks.tags()) {
      Span chip = new Span(tag);
      chip.addClassName("chip");
      tags.add(chip);
    }
    tags.setVisible(!marks.tags().isEmpty());
    notes.setText(marks.notes());
    notes.setVisible(!marks.notes().isBlank());
  }

  private void mark(UnaryOperator<Marks> change) {
    catalogue
        .find(experiment)
        .ifPresent(now -> catalogue.mark(experiment, change.apply(now.marks())));
    show(experiment);
  }

  private void describe() {
    catalogue
        .find(experiment)
        .ifPresent(
            now -> {
              MarksDialog dialog = new MarksDialog(catalogue, now);
              dialog.addOpenedChangeListener(
                  event -> {
                    if (!event.isOpened()) {
                      show(experiment);
                    }
                  });
              dialog.open();
            });
  }
}
