package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Decision;
import dev.vedette.pipeline.alert.Alert;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class JsonTest {
  private static String json(Consumer<JsonGenerator> writer) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      writer.accept(json);
    }
    return text.toString().replace('"', '\'');
  }

  @Test
  void aDecisionIsOneObject() {
    var event = new Event("e1", "half \uD83D", 1_795_332_600_000L, Map.of("b", 1.5, "a", true));
    var decision =
        new EventDecision(
            7,
            event,
            Handling.LATE,
            new Decision(0.1, 0.25, 12, true),
            0.125,
            0.5,
            Double.POSITIVE_INFINITY,
            3,
            List.of(new Opinion("knn", 1, 0.5, 0.25, null), new Opinion("iqr", 0, 1, 0, "late")),
            List.of(new Cause("b", Double.NaN, 1, 0.75, "b is missing")),
            "2.17");
    assertThat(json(generator -> Json.write(decision, generator)))
        .isEqualTo(
            "{'number':7,'event':{'id':'e1','key':'half \uFFFD','at':'2026-11-22T07:30:00.000Z',"
                + "'fields':{'a':true,'b':1.5}},'handling':'late','score':0.1,'pValue':0.25,"
                + "'severity':12.0,'flagged':true,'pLow':0.125,'pHigh':0.5,'threshold':null,"
                + "'disagreement':3.0,'opinions':[{'detector':'knn','score':1.0,'pValue':0.5,"
                + "'strength':0.25,'leftOut':null},{'detector':'iqr','score':0.0,'pValue':1.0,"
                + "'strength':0.0,'leftOut':'late'}],'causes':[{'feature':'b','value':null,"
                + "'normal':1.0,'share':0.75,'text':'b is missing'}],'version':'2.17'}");
  }

  @Test
  void anAlertAndALabelAreObjects() {
    var alert =
        new Alert(
            "p/k/3", "p", "k", Alert.State.OPENED, 0, 1, 3, 4, 2, 61.5, List.of(), "one 🐎 line");
    assertThat(json(generator -> Json.write(alert, generator)))
        .isEqualTo(
            "{'id':'p/k/3','pipeline':'p','group':'k','state':'opened',"
                + "'opened':'1970-01-01T00:00:00.000Z','last':'1970-01-01T00:00:00.001Z','first':3,"
                + "'worst':4,'count':2,'severity':61.5,'causes':[],'summary':'one 🐎 line'}");
    assertThat(json(generator -> Json.write(new Label(3, false, "", "me", -1), generator)))
        .isEqualTo(
            "{'number':3,'anomaly':false,'comment':'','by':'me','at':'1969-12-31T23:59:59.999Z'}");
    assertThat(Json.time(Long.MAX_VALUE)).isEqualTo("+292278994-08-17T07:12:55.807Z");
    assertThat(Json.time(Long.MIN_VALUE)).startsWith("-292275055-05-16T");
  }
}
