package dev.vedette.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.bench.Ecg.Beats;
import dev.vedette.data.Matrix;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class HeartTest {
  @Test
  void normalBeatsLookAlikeAndStandUpInTheMiddle() {
    Matrix beats = Heart.beats(1).training();
    double[] mean = new double[Heart.WINDOW];
    for (int i = 0; i < beats.rows(); i++) {
      for (int t = 0; t < mean.length; t++) {
        mean[t] += beats.get(i, t) / beats.rows();
      }
    }
    assertThat(mean[38]).isBetween(0.7, 1.05); // R, found to one sample
    assertThat(mean[18]).isBetween(0.08, 0.16); // P
    assertThat(mean[70]).isBetween(0.25, 0.35); // T
    assertThat(mean[28]).isBetween(-0.03, 0.06); // between P and Q
  }

  @Test
  void oneTestedBeatInFourIsAbnormalInFourWays() {
    Beats beats = Heart.beats(2);
    assertThat(beats.kinds()).hasSize(beats.tested().rows());
    for (String kind : new String[] {"ventricular", "st-elevation", "inverted-t", "no-p"}) {
      assertThat(Collections.frequency(beats.kinds(), kind)).isBetween(62, 63);
    }
  }

  @Test
  void aSeedGivesOneEcg() {
    assertThat(Heart.beats(3).tested().row(7)).containsExactly(Heart.beats(3).tested().row(7));
    assertThat(Heart.beats(3).tested().row(7)).isNotEqualTo(Heart.beats(4).tested().row(7));
  }
}
