package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StlTest {
  /** A line, a wave, noise of a fixed pattern, and two spikes. */
  private static double[] wave(int n, int period) {
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = 10 + 0.05 * i + 3 * Math.sin(2 * Math.PI * i / period) + ((i * 7919) % 101) / 101.0;
    }
    y[n / 3] += 9;
    y[n / 2] -= 7;
    return y;
  }

  private static void agrees(Stl stl, double[] y, double[][] golden) {
    Decomposition parts = stl.decompose(y);
    for (double[] row : golden) {
      int at = (int) row[0];
      assertThat(parts.trend()[at]).as("trend at %d", at).isCloseTo(row[1], within(1e-9));
      assertThat(parts.seasonal()[at]).as("seasonal at %d", at).isCloseTo(row[2], within(1e-9));
      assertThat(parts.robustness()[at]).as("weight at %d", at).isCloseTo(row[3], within(1e-9));
    }
  }

  // statsmodels 0.15.0, STL(..., seasonal_deg=0, trend_deg=1, low_pass_deg=1) with a tenth of each
  // window as its jump; for a fixed season seasonal=10 n + 1 and the mean of each phase, as in R.
  @Test
  void aFixedSeasonAsInR() {
    double[][] golden = {
      {0, 10.258695306787512, 0.07286552913300735, 0.9087550792817027},
      {1, 10.34253983209904, 2.165037410078113, 0.9958775835667517},
      {33, 12.230068074329196, 2.165037410078113, 0.0},
      {50, 13.01968937879083, 2.9708831152828945, 0.0},
      {98, 15.384475699172395, 2.9708831152828945, 0.9112852506429905},
      {99, 15.411163532325087, 2.177318547391787, 0.9101023508133814},
    };
    agrees(new Stl(8), wave(100, 8), golden);
  }

  @Test
  void aFixedSeasonOfAnUnevenLength() {
    double[][] golden = {
      {0, 10.31844287115319, -0.0059223070288510395, 0.9016066681120439},
      {1, 10.385562081833086, 1.4880774933809988, 0.9930118720504784},
      {32, 12.090165763871845, -2.616113841099045, 0.0},
      {48, 12.88692908926098, -0.0059223070288510395, 0.0},
      {95, 15.384928478838923, -1.4969737762662494, 0.9944096570600813},
      {96, 15.452590452483127, -0.0059223070288510395, 0.8946853510488969},
    };
    agrees(new Stl(12), wave(97, 12), golden);
  }

  @Test
  void aSeasonThatChangesNotRobust() {
    double[][] golden = {
      {0, 10.523880338582469, -0.6856256086400403, 1.0},
      {1, 10.564912127392452, 1.1909517301319585, 1.0},
      {32, 12.857970271649668, -0.49901705086521037, 1.0},
      {48, 12.303778113745135, -2.0292437285719536, 1.0},
      {95, 15.437333523150132, -1.3128340205778355, 1.0},
      {96, 15.50887950016197, -0.6654385282611794, 1.0},
    };
    agrees(new Stl(12).seasonalWindow(7).robust(false), wave(97, 12), golden);
  }

  @Test
  void aSeasonThatChangesRobust() {
    double[][] golden = {
      {0, 10.35649561553979, 0.017279200451196682, 0.8879877949246926},
      {1, 10.415083998000908, 0.7858328068870041, 0.9991819909064861},
      {66, 13.771967585703837, -3.1866118513840145, 0.0},
      {100, 15.471159890715553, 2.534362797614763, 0.0},
      {198, 20.51682912750409, 3.026107671134137, 0.9421407869816992},
      {199, 20.575308663817587, 2.8278974146227083, 0.9580036142610018},
    };
    agrees(new Stl(24).seasonalWindow(13), wave(200, 24), golden);
  }

  @Test
  void twoSeasons() {
    double[][] golden = {
      {0, 10.880948786827418, -0.655526604398413, 0.9562242460799573},
      {1, 10.925369997413569, 0.3323974079915638, 0.9976093435704884},
      {17, 11.648721839311245, 1.6300590490125415, 0.0},
      {25, 12.00579581897308, -0.655526604398413, 0.0},
      {49, 12.763873088029179, -0.23868626981051513, 0.9902526798259554},
      {50, 12.789338948041008, -0.655526604398413, 0.07352629009386606},
    };
    agrees(new Stl(25).lowPassWindow(27), wave(51, 25), golden);
  }

  @Test
  void thePartsAddUp() {
    double[] y = wave(500, 24);
    Decomposition parts = new Stl(24).decompose(y);
    for (int i = 0; i < y.length; i++) {
      assertThat(parts.trend()[i] + parts.seasonal()[i] + parts.remainder()[i])
          .isCloseTo(y[i], within(1e-9));
    }
  }

  @Test
  void aLineWithAFixedSeasonLeavesNothing() {
    double[] y = new double[140];
    for (int i = 0; i < y.length; i++) {
      y[i] = 5 + 0.1 * i + new double[] {0, 1, 4, -2, -3, 1, -1}[i % 7];
    }
    assertThat(new Stl(7).decompose(y).remainder())
        .usingComparatorWithPrecision(1e-8)
        .containsOnly(0);
  }

  @Test
  void spikesDoNotMoveTheOthers() {
    double[] y = wave(240, 12);
    double[] spiked = y.clone();
    spiked[100] += 1000;
    double[] before = new Stl(12).decompose(y).remainder();
    double[] after = new Stl(12).decompose(spiked).remainder();
    for (int i = 0; i < y.length; i++) {
      if (i != 100) {
        assertThat(after[i]).isCloseTo(before[i], within(0.2));
      }
    }
  }

  @Test
  void aConstantIsItsTrend() {
    double[] y = new double[50];
    Arrays.fill(y, 3);
    assertThat(new Stl(5).decompose(y).trend()).usingComparatorWithPrecision(1e-12).containsOnly(3);
  }

  @Test
  void refusesWhatItCannotTakeApart() {
    assertThatThrownBy(() -> new Stl(7).decompose(new double[13]))
        .isInstanceOf(DataException.class)
        .hasMessage("two seasons of 7 points are needed, the series has 13 points");
    double[] hole = new double[30];
    hole[4] = Double.NaN;
    assertThatThrownBy(() -> new Stl(7).decompose(hole))
        .isInstanceOf(DataException.class)
        .hasMessage("point 4 is NaN; fill or drop it first");
    assertThatThrownBy(() -> new Stl(7).trendWindow(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trendWindow");
  }
}
