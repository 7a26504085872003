package digitlab.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import digitlab.experiment.Challenge;
import digitlab.experiment.ChallengeStore;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The board of a challenge (?id=3): ranked by validation; the test results come once, at the end.
 */
@Route(value = "challenges", layout = LabLayout.class)
@CssImport("./compare.css")
final class ChallengeView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1;

  private final transient ChallengeStore challenges;
  private final transient ExperimentService experiments;
  private final Select<Challenge> choice = new Select<>();
  private final TextField name = new TextField(Texts.get("challenge.new"));
  private final Section board = new Section();
  private final Paragraph state = new Paragraph();
  private final CopyLink copy = new CopyLink();
  private final Button reveal = new Button(Texts.get("challenge.reveal"), VaadinIcon.EYE.create());
  private final Button delete = new Button(Texts.get("action.delete"), VaadinIcon.TRASH.create());
  private boolean presenting; // the value comes from the program, not from a person

  ChallengeView(LabServices services) {
    challenges = services.challenges();
    experiments = services.experiments();
    addClassName("page");
    choice.setLabel(Texts.get("challenge.choose"));
    choice.setItemLabelGenerator(challenge -> challenge == null ? "" : challenge.name());
    choice.setId("challenge");
    choice.addValueChangeListener(_ -> chosen());
    name.setMaxLength(Experiment.LONGEST_NAME);
    name.setId("challenge-name");
    Button create = new Button(Texts.get("challenge.create"), VaadinIcon.PLUS.create());
    create.setId("challenge-create");
    create.addClickListener(_ -> create());
    reveal.addThemeVariants(ButtonVariant.PRIMARY);
    reveal.setId("reveal");
    reveal.addClickListener(_ -> askToReveal());
    delete.addThemeVariants(ButtonVariant.TERTIARY);
    delete.setId("delete");
    delete.addClickListener(_ -> delete());
    Div row = new Div(choice, name, create);
    row.addClassNames("choices", "challenge-choice");
    Div buttons = new Div(reveal, copy, delete);
    buttons.addClassName("buttons");
    board.addClassName("card");
    state.getElement().setAttribute("role", "status");
    add(
        new H1(Texts.get("challenge.title")),
        new Paragraph(Texts.get("challenge.lead")),
        row,
        state,
        board,
        buttons);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String wanted = event.getLocation().getQueryParameters().getSingleParameter("id").orElse("");
    offer(wanted);
  }

  /** Offers all challenges; the one of that id is chosen, or else the newest. */
  private void offer(String wanted) {
    List<Challenge> all = challenges.list();
    presenting = true;
    choice.setItems(all);
    choice.setValue(
        all.stream()
            .filter(challenge -> Long.toString(challenge.id()).equals(wanted))
            .findFirst()
            .orElse(all.isEmpty() ? null : all.getFirst()));
    presenting = false;
    choice.setVisible(!all.isEmpty());
    show();
  }

  private void chosen() {
    if (!presenting && choice.getValue() != null) {
      String id = Long.toString(choice.getValue().id());
      UI.getCurrent()
          .getPage()
          .getHistory()
          .replaceState(null, new Location("challenges", QueryParameters.simple(Map.of("id", id))));
      show();
    }
  }

  private void show() {
    Challenge challenge = choice.getValue();
    board.setVisible(challenge != null);
    delete.setVisible(challenge != null);
    copy.setVisible(challenge != null);
    reveal.setVisible(challenge != null && challenge.revealed() == null);
    state.setText(Texts.get("challenge.none"));
    if (challenge != null) {
      List<Challenge.Entry> entries = challenges.board(challenge.id());
      reveal.setEnabled(!entries.isEmpty());
      Instant revealed = challenge.revealed();
      state.setText(
          revealed == null
              ? Texts.get(entries.isEmpty() ? "challenge.empty" : "challenge.hidden")
              : Texts.get("challenge.revealed", Texts.moment(revealed)));
      board.removeAll();
      board.setVisible(!entries.isEmpty());
      board.add(table(challenge, entries));
    }
  }

  private Div table(Challenge challenge, List<Challenge.Entry> entries) {
    Table table = Table.ofFigures(Texts.get("challenge.title"));
    boolean open = challenge.revealed() == null;
    table.head(
        Texts.get("challenge.rank"),
        Texts.get("experiments.name"),
        Texts.get("experiments.validation"),
        Texts.get("experiments.accuracy"),
        "");
    for (int i = 0; i < entries.size(); i++) {
      Challenge.Entry entry = entries.get(i);
      Element row = table.row();
      table.cell(row, "th", Integer.toString(i + 1)).setAttribute("scope", "row");
      Element name = table.cell(row, "td", "");
      name.setAttribute("class", "text");
      Anchor link = new Anchor("experiments/" + entry.experiment(), entry.name());
      link.setTitle(entry.network());
      name.appendChild(link.getElement());
      table.cell(row, "td", share(entry.validation()));
      table.cell(row, "td", open ? Texts.get("experiments.sealed") : share(entry.test()));
      Element last = table.cell(row, "td", "");
      if (open) {
        last.appendChild(withdraw(challenge, entry).getElement());
      }
    }
    Div scrolls = new Div();
    scrolls.addClassName("scrolls");
    scrolls.getElement().appendChild(table.element());
    return scrolls;
  }

  private Button withdraw(Challenge challenge, Challenge.Entry entry) {
    Button withdraw = new Button(VaadinIcon.CLOSE_SMALL.create());
    withdraw.addThemeVariants(ButtonVariant.TERTIARY);
    withdraw.setAriaLabel(Texts.get("challenge.withdraw") + ": " + entry.name());
    withdraw.setTooltipText(Texts.get("challenge.withdraw"));
    withdraw.addClickListener(
        _ -> {
          challenges.withdraw(challenge.id(), entry.experiment());
          show();
        });
    return withdraw;
  }

  private static String share(@Nullable Double share) {
    return share == null ? "–" : Texts.percent(share);
  }

  private void create() {
    if (!name.getValue().isBlank()) {
      long id = challenges.create(name.getValue().strip());
      name.clear();
      offer(Long.toString(id));
    }
  }

  private void askToReveal() {
    Challenge challenge = choice.getValue();
    ConfirmDialog dialog =
        new ConfirmDialog(
            Texts.get("challenge.reveal"),
            Texts.get("challenge.reveal.sure", challenge.name()),
            Texts.get("challenge.reveal"),
            _ -> {
              challenges.reveal(challenge.id());
              offer(Long.toString(challenge.id()));
            });
    dialog.setCancelable(true);
    dialog.setCancelText(Texts.get("action.cancel"));
    dialog.open();
  }

  private void delete() {
    challenges.delete(choice.getValue().id());
    offer("");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Background.onceDetached(
        this,
        experiments.listen(
            id -> {
              boolean over =
                  experiments
                      .find(id)
                      .map(e -> e.run() == null || e.run().status().isOver())
                      .orElse(true);
              if (over) {
                Background.update(ui, this::show);
              }
            }));
  }

  @Override
  public String getPageTitle() {
    return Texts.get("challenge.title") + " · Digit Lab";
  }
}
