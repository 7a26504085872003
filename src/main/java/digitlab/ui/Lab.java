package digitlab.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.i18n.I18NProvider;
import digitlab.ui.gradients.GradientsView;
import digitlab.ui.inside.InsideView;
import java.util.List;

/** What the web server must know of the Lab: nothing here is found by scanning. */
public final class Lab {
  public static final List<Class<? extends Component>> VIEWS =
      List.of(
          ExperimentsView.class,
          NewExperimentView.class,
          ExperimentView.class,
          CompareView.class,
          SweepsView.class,
          SweepView.class,
          InsideView.class,
          GradientsView.class,
          PyTorchView.class,
          DataView.class,
          ChallengeView.class,
          LoginView.class,
          WelcomeView.class);

  public static final List<Class<? extends Component>> ERROR_VIEWS =
      List.of(NotFoundView.class, FailureView.class);

  public static final Class<? extends AppShellConfigurator> SHELL = LabShell.class;
  public static final Class<? extends InstantiatorFactory> INSTANTIATOR =
      LabInstantiator.Factory.class;
  public static final Class<? extends I18NProvider> TRANSLATIONS = LabTranslations.class;

  private Lab() {}
}
