package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.waybill.testing.Confidential.LogWatch;
import dev.waybill.testing.Confidential.Watch;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A leaked secret is found in texts, documents, log lines and exceptions. */
class ConfidentialTests {

    private final Watch watch = new Watch();
    private final String secret = watch.secret("the-secret-of-this-test");

    @Test
    void textsWithoutTheSecretAreNoLeak() {
        watch.scan("an answer", "the secret of another test");
        watch.scan(Map.of("connections", List.of(new Document("secret", "sealed"))));
        logged("nothing", new IllegalStateException("nothing either"));
        watch.assertNoLeaks();
    }

    @Test
    void aTextThatLeaksItIsFoundAndTheReportDoesNotRepeatIt() {
        watch.scan("an answer", "{\"key\": \"" + secret + "\"}");
        assertThatThrownBy(watch::assertNoLeaks)
                .hasMessageContaining("an answer leaks a secret")
                .hasMessageNotContaining(secret);
    }

    @Test
    void itIsFoundAtAnyPositionAndWhateverPrecedesIt() {
        for (String text :
                List.of(secret, "x" + secret, secret + "x", "the-secrethe-secret-of-this-test", "日本" + secret)) {
            Watch another = new Watch();
            another.secret(secret);
            another.secret("the-secret-of-another");
            another.scan("an answer", text);
            assertThatThrownBy(another::assertNoLeaks).as(text).hasMessageContaining("an answer leaks a secret");
        }
    }

    @Test
    void aDocumentThatLeaksItIsFoundAtAnyDepth() {
        watch.scan(Map.of(
                "webhook_events",
                List.of(new Document("data", new Document("errors", List.of("refused: " + secret))))));
        assertThatThrownBy(watch::assertNoLeaks).hasMessageContaining("what is stored in webhook_events");
    }

    @Test
    void aLogLineThatLeaksItIsFound() {
        logged("connected with " + secret, null);
        assertThatThrownBy(watch::assertNoLeaks).hasMessageContaining("the log of somebody");
    }

    @Test
    void exceptionsOfLogLinesAreScannedToo() {
        logged("it failed", new IllegalStateException("no", new IllegalArgumentException("not with " + secret)));
        assertThatThrownBy(watch::assertNoLeaks).hasMessageContaining("the log of somebody");
    }

    private void logged(String line, @Nullable Exception why) {
        Logger somebody = new LoggerContext().getLogger("somebody");
        LogWatch appender = new LogWatch(watch);
        appender.setContext(somebody.getLoggerContext());
        appender.start();
        appender.doAppend(new LoggingEvent("test", somebody, Level.WARN, line, why, null));
    }
}
