package digitlab.ui;

import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletService;
import com.vaadin.flow.server.VaadinSession;
import digitlab.account.TeacherAccess;

/** Whether the visitor of this session has given the teacher's password. */
final class Visitor {
  private static final String MARK = "digitlab.teacher";

  private Visitor() {}

  static boolean mayEnter(VaadinSession session) {
    return !access(session.getService()).isRequired() || session.getAttribute(MARK) != null;
  }

  /**
   * The password was right: the session gets a new id, so that one that was known before is of no
   * use.
   */
  static void enter(VaadinSession session) {
    session.setAttribute(MARK, true);
    VaadinService.reinitializeSession(VaadinService.getCurrentRequest());
  }

  private static TeacherAccess access(VaadinService service) {
    Object services =
        ((VaadinServletService) service)
            .getServlet()
            .getServletContext()
            .getAttribute(LabServices.class.getName());
    return ((LabServices) services).access();
  }
}
