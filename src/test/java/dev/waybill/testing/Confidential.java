package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Credentials that tests hand over. None of them may stand in a log line, an answer, or what somebody is sent: all of these
 * are looked through, in all tests, and whoever runs when one is found fails.
 */
public final class Confidential implements AfterEachCallback {

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** From now on nobody may tell it. */
    public static String secret(String value) {
        SECRETS.add(value);
        return value;
    }

    /** Looks for secrets in a text that goes out. */
    static void look(String where, String text) {
        for (String secret : SECRETS) {
            if (text.contains(secret)) {
                LEAKS.add("%s tells a secret: %s".formatted(where, text.replace(secret, "<the secret>")));
            }
        }
    }

    /** Looks through everything that a service has stored, its metrics and its tasks. */
    public static void assertKeptBy(Stores stores, WaybillClient client) {
        look("the database", stores.documents().toString());
        look("the metrics", client.get("/actuator/prometheus").text());
        look("the tasks", client.post("/v1/tasks/list?limit=1000", "{}").text());
        assertNoLeaks();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertNoLeaks();
    }

    private static void assertNoLeaks() {
        assertThat(LEAKS).isEmpty();
    }

    /** Sees every log line; {@code logback-test.xml} names it. */
    public static final class LogWatch extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            look("the log of " + event.getLoggerName(), event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                look("the log of " + event.getLoggerName(), String.valueOf(cause.getMessage()));
            }
        }
    }
}
