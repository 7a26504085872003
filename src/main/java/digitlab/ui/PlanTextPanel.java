package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableConsumer;
import digitlab.text.Message;
import digitlab.train.PlanRepair;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A plan as text and as a link: to copy, and to paste another one in. */
final class PlanTextPanel extends Details {
  private static final long serialVersionUID = 1;

  private final TextArea text = new TextArea(Texts.get("plan.text"));
  private final Div repairs = new Div();
  private final CopyButton copyText = new CopyButton("plan.text.copy", VaadinIcon.COPY_O);
  private final CopyButton copyLink = new CopyButton("plan.text.link", VaadinIcon.LINK);
  private final SerializableConsumer<TrainingPlan> taken;

  /**
   * @param taken is told the plan that somebody typed or pasted
   */
  PlanTextPanel(SerializableConsumer<TrainingPlan> taken) {
    super(Texts.get("plan.text.title"));
    this.taken = taken;
    setId("plan-as-text");
    text.setId("plan-text");
    text.setHelperText(Texts.get("plan.text.help"));
    text.setValueChangeMode(ValueChangeMode.ON_BLUR);
    text.setWidthFull();
    Button take = new Button(Texts.get("plan.text.take"), VaadinIcon.CHECK.create());
    take.setId("take-text");
    take.addClickListener(_ -> read(text.getValue()));
    copyText.setId("copy-text");
    copyLink.setId("copy-link");
    text.addValueChangeListener(event -> copyText.setCopied(event.getValue()));
    Div buttons = new Div(take, copyText, copyLink);
    buttons.addClassName("buttons");
    repairs.addClassName("complaints");
    repairs.setId("repairs");
    repairs.getElement().setAttribute("role", "status");
    add(text, buttons);
  }

  /** What was put right in a text, for a place that is always in sight. */
  Div repairs() {
    return repairs;
  }

  /** Reads any text: what is wrong in it is put right, and said. */
  void read(String any) {
    PlanRepair.Repaired repaired = PlanRepair.read(any);
    taken.accept(repaired.plan());
    say(repaired.repairs());
  }

  private void say(List<Message> messages) {
    repairs.removeAll();
    if (!messages.isEmpty()) {
      Paragraph title = new Paragraph("⚠ " + Texts.get("plan.repair.title"));
      title.addClassName("warning");
      repairs.add(title);
      messages.forEach(message -> repairs.add(new Paragraph(Texts.get(message))));
    }
  }

  /** Shows a plan. */
  void show(TrainingPlan plan) {
    text.setValue(PlanText.format(plan, "\n"));
    copyLink.setLink(link(plan));
    repairs.removeAll();
  }

  /** Where the form shows this plan, from the root of the Lab: "new?plan=…". */
  static String link(TrainingPlan plan) {
    return "new?plan=" + URLEncoder.encode(plan.toString(), StandardCharsets.UTF_8);
  }
}
