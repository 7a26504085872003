package digitlab.ui.inside;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import digitlab.insight.Insight;
import digitlab.ui.Texts;
import java.util.ArrayList;
import java.util.List;

/** Some test images, to choose one of: at most a screen of them. */
final class DigitGallery extends Div {
  private static final long serialVersionUID = 1;
  private static final int MOST = 60;

  private final transient Insight insight;
  private final Paragraph title = new Paragraph();
  private final PictureGallery gallery;

  DigitGallery(Insight insight, PictureGallery.PickListener listener) {
    this.insight = insight;
    gallery = new PictureGallery(insight.test().width());
    gallery.onPick(listener);
    addClassName("digits");
    title.setId("digits-title");
    add(title, gallery);
  }

  void show(String words, int[] images) {
    int shown = Math.min(MOST, images.length);
    title.setText(shown < images.length ? words + " " + Texts.get("inside.first", shown) : words);
    List<PictureGallery.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      int image = images[i];
      int label = insight.predictions().label(image);
      int said = insight.predictions().said(image);
      String caption = label == said ? "✓ " + said : label + " → " + said;
      String words1 =
          Texts.get(
              "inside.digit.title",
              image,
              label,
              said,
              Texts.percent(insight.predictions().probability(image, said)));
      pictures.add(
          new PictureGallery.Picture(
              image, Cells.image(insight.test().image(image)), caption, words1, label != said));
    }
    gallery.showImages(pictures);
  }
}
