package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import digitlab.data.Dataset;
import digitlab.datasets.DataPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The images of a data set, a page at a time, all or those of one class. */
final class DigitBrowser extends Section {
  private static final long serialVersionUID = 1;
  private static final int COLUMNS = 20;
  private static final int ROWS = 6;
  private static final int ALL = -1;

  private final transient DataPair data;
  private final Select<Boolean> part = new Select<>();
  private final Select<Integer> label = new Select<>();
  private final Button back = new Button(VaadinIcon.ANGLE_LEFT.create());
  private final Button forward = new Button(VaadinIcon.ANGLE_RIGHT.create());
  private final Span place = new Span();
  private final Div pictures = new Div();
  private int page;

  DigitBrowser(DataPair data) {
    this.data = data;
    addClassName("card");
    part.setLabel(Texts.get("compare.images"));
    part.setItems(false, true);
    part.setItemLabelGenerator(item -> Texts.get(item ? "data.test" : "data.training"));
    part.setValue(false);
    part.setId("data-part");
    label.setLabel(Texts.get("data.label"));
    List<Integer> labels = new ArrayList<>(List.of(ALL));
    labels.addAll(IntStream.range(0, data.training().classes()).boxed().toList());
    label.setItems(labels);
    label.setItemLabelGenerator(
        item -> item == ALL ? Texts.get("data.label.all") : Integer.toString(item));
    label.setValue(ALL);
    label.setId("data-label");
    part.addValueChangeListener(_ -> show(0));
    label.addValueChangeListener(_ -> show(0));
    back.setAriaLabel(Texts.get("data.back"));
    back.addClickListener(_ -> show(page - 1));
    forward.setAriaLabel(Texts.get("data.forward"));
    forward.setId("data-forward");
    forward.addClickListener(_ -> show(page + 1));
    place.getElement().setAttribute("role", "status");
    Div choices = new Div(part, label, back, forward, place);
    choices.addClassNames("choices", "browser");
    pictures.addClassName("pictures");
    add(new H2(Texts.get("data.browse")), choices, pictures);
    show(0);
  }

  private void show(int wanted) {
    Dataset images = part.getValue() ? data.test() : data.training();
    List<Integer> numbers = numbers(images);
    int perPage = COLUMNS * ROWS;
    int pages = Math.max(1, (numbers.size() + perPage - 1) / perPage);
    page = Math.clamp(wanted, 0, pages - 1);
    back.setEnabled(page > 0);
    forward.setEnabled(page < pages - 1);
    place.setText(Texts.get("data.place", page + 1, pages, Texts.whole(numbers.size())));
    List<Integer> here =
        numbers.subList(page * perPage, Math.min(numbers.size(), (page + 1) * perPage));
    pictures.removeAll();
    for (int number : here) {
      GrayPicture picture = new GrayPicture(images.width(), images.height());
      picture.put(images.image(number), images.width(), 0, 0);
      Image image = picture.image(Integer.toString(images.label(number)));
      image.setTitle(Texts.get("data.number", number, images.label(number)));
      pictures.add(image);
    }
  }

  /** Those of the class that was chosen. */
  private List<Integer> numbers(Dataset images) {
    int wanted = label.getValue();
    List<Integer> numbers = new ArrayList<>();
    for (int n = 0; n < images.size(); n++) {
      if (wanted == ALL || images.label(n) == wanted) {
        numbers.add(n);
      }
    }
    return Collections.unmodifiableList(numbers);
  }
}
