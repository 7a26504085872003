package digitlab.ui.inside;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.insight.Insight;
import digitlab.ui.Background;
import digitlab.ui.ExperimentView;
import digitlab.ui.LabLayout;
import digitlab.ui.LabServices;
import digitlab.ui.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.BaseJsonNode;

/**
 * Looks into the network of an experiment. What is looked at stands in the address:
 * ?part=digits&amp;digit=17, or &amp;shown=4&amp;said=9 for a cell of the confusion matrix.
 */
@Route(value = "inside", layout = LabLayout.class)
public final class InsideView extends Div implements HasUrlParameter<Long>, HasDynamicTitle {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(InsideView.class);

  private final transient LabServices services;

  @SuppressWarnings("NullAway.Init") // setParameter comes before everything else
  private transient Experiment experiment;

  private transient QueryParameters wanted = QueryParameters.empty();
  private final H1 title = new H1();
  private final Div back = new Div();
  private final Paragraph state = new Paragraph(Texts.get("inside.opening"));
  private final ProgressBar progress = new ProgressBar();
  private final Div content = new Div();

  public InsideView(LabServices services) {
    this.services = services;
    addClassNames("page", "inside");
    progress.setIndeterminate(true);
    content.addClassName("part");
    add(back, title, state, progress, content);
  }

  @Override
  public void setParameter(BeforeEvent event, Long id) {
    experiment = services.experiments().find(id).orElseThrow(NotFoundException::new);
    wanted = event.getLocation().getQueryParameters();
    title.setText(Texts.get("inside.title", experiment.name()));
    back.removeAll();
    RouterLink link =
        new RouterLink("← " + experiment.name(), ExperimentView.class, experiment.id());
    link.addClassName("back");
    back.add(link);
    content.removeAll();
    state.setVisible(true);
    state.setText(Texts.get("inside.opening"));
    progress.setVisible(true);
    UI ui = event.getUI();
    Experiment opened = experiment;
    Thread.ofVirtual().name("inside-" + opened.id()).start(() -> open(opened, ui));
  }

  /** Not in the thread of the page: it may be shown ten thousand images first. */
  private void open(Experiment opened, UI ui) {
    try {
      Optional<Insight> insight = services.insights().open(opened);
      Background.update(
          ui,
          () -> {
            if (opened.id() == experiment.id()) { // unless another one was chosen meanwhile
              insight.ifPresentOrElse(this::show, this::showNone);
            }
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The network of experiment {} can't be looked into", opened.id(), e);
      Background.update(ui, () -> showState(Texts.get("inside.failed", message(e))));
    }
  }

  private static String message(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  private void showNone() {
    showState(Texts.get("inside.none"));
  }

  private void showState(String words) {
    state.setText(words);
    progress.setVisible(false);
  }

  private void show(Insight insight) {
    state.setVisible(false);
    progress.setVisible(false);
    Tabs tabs = new Tabs(false);
    tabs.setId("parts");
    for (Part part : Part.values()) {
      Tab tab = new Tab(Texts.get("inside.part." + part));
      tab.setId("part-" + part);
      tabs.add(tab);
    }
    Div shown = new Div();
    Part first = Part.named(wanted.getSingleParameter("part").orElse(""));
    tabs.setSelectedIndex(List.of(Part.values()).indexOf(first));
    shown.add(make(first, insight, wanted));
    tabs.addSelectedChangeListener(
        _ -> {
          Part part = Part.values()[tabs.getSelectedIndex()];
          shown.removeAll();
          shown.add(make(part, insight, QueryParameters.empty()));
          remember(Map.of("part", part.toString()));
        });
    content.removeAll();
    content.add(tabs, shown);
  }

  private Component make(Part part, Insight insight, QueryParameters state) {
    return switch (part) {
      case DIGITS -> new DigitsPart(insight, state, this::remember);
      case DRAW -> new DrawPart(insight, model());
      case NEURONS -> new NeuronsPart(insight);
      case MAP -> new MapPart(insight);
      case QUALITY -> new QualityPart(insight);
    };
  }

  private String model() {
    Run run = Objects.requireNonNull(experiment.run());
    return Objects.requireNonNull(run.model());
  }

  /** Puts what is looked at into the address, to be shared. */
  private void remember(Map<String, String> what) {
    String address =
        "inside/" + experiment.id() + "?" + QueryParameters.simple(what).getQueryString();
    getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState((BaseJsonNode) null, address));
  }

  @Override
  protected void onDetach(DetachEvent event) {
    content.removeAll(); // what the parts hold goes with them
  }

  @Override
  public String getPageTitle() {
    return Texts.get("inside.title", experiment.name()) + " · Digit Lab";
  }

  /** What can be looked at. */
  private enum Part {
    DIGITS,
    DRAW,
    NEURONS,
    MAP,
    QUALITY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Part named(String name) {
      for (Part part : values()) {
        if (part.toString().equals(name)) {
          return part;
        }
      }
      return DIGITS;
    }
  }
}
