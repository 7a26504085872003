package digitlab.ui;

import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletService;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes views: one whose constructor takes the {@link LabServices} gets them. */
final class LabInstantiator extends DefaultInstantiator {
  private static final long serialVersionUID = 1;

  private final transient VaadinService service;

  private LabInstantiator(VaadinService service) {
    super(service);
    this.service = service;
  }

  @Override
  public <T> T getOrCreate(Class<T> type) {
    if (!type.getName().startsWith(Lab.class.getPackageName())) {
      return super.getOrCreate(type);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      boolean wantsServices = constructor.getParameterCount() == 1;
      Object made = wantsServices ? constructor.newInstance(services()) : constructor.newInstance();
      return type.cast(made);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The view " + type.getName() + " can't be made.", e);
    }
  }

  private LabServices services() {
    Object services =
        ((VaadinServletService) service)
            .getServlet()
            .getServletContext()
            .getAttribute(LabServices.class.getName());
    return (LabServices) services;
  }

  /** How Vaadin finds the instantiator. */
  public static final class Factory implements InstantiatorFactory {
    @Override
    public Instantiator createInstantitor(VaadinService service) {
      return new LabInstantiator(service);
    }
  }
}
