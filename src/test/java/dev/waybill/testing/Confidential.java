package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Credentials that tests hand over. None of them may stand in a log line, an answer, or what somebody is sent: all of these
 * are looked through, in all tests, and whoever runs when one is found fails. What a service keeps is looked through when
 * a test {@linkplain #assertKeptBy says so}.
 */
public final class Confidential implements AfterEachCallback {

    private static final Watch ALL = new Watch();

    /** From now on nobody may tell it. */
    public static String secret(String value) {
        return ALL.secret(value);
    }

    /** Looks for secrets in a text that goes out. */
    static void look(String where, String text) {
        ALL.look(where, text);
    }

    /** Looks through all that a service has stored, events and deliveries among it, its tasks and its metrics. */
    public static void assertKeptBy(ServiceUnderTest service) {
        ALL.look(service.documents());
        look("the metrics", service.metrics());
        look(
                "the tasks",
                service.client().post("/v1/tasks/list?limit=1000", "{}").text());
        ALL.assertNoLeaks();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ALL.assertNoLeaks();
    }

    /** Some secrets, and where one of them was told. */
    static final class Watch {

        /** None is shorter. A text is gone through once for all of them, by so many letters at a time. */
        private static final int HEAD = 8;

        private static final int DROPPED = dropped();

        private final Map<Integer, Set<String>> secrets = new ConcurrentHashMap<>();

        /** By the last bits of their heads whether there are any: most letters of a text are through with that. */
        private final AtomicIntegerArray known = new AtomicIntegerArray(1 << 16);

        private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

        String secret(String value) {
            assertThat(value.length()).as("letters of a secret").isGreaterThanOrEqualTo(HEAD);
            secrets.computeIfAbsent(value.substring(0, HEAD).hashCode(), head -> ConcurrentHashMap.newKeySet())
                    .add(value);
            known.set(place(value.substring(0, HEAD).hashCode()), 1);
            return value;
        }

        void look(String where, String text) {
            int head = 0;
            for (int i = 0; i < text.length(); i++) {
                head = 31 * head + text.charAt(i) - (i < HEAD ? 0 : DROPPED * text.charAt(i - HEAD));
                if (i >= HEAD - 1 && known.get(place(head)) != 0) {
                    look(where, text, i - HEAD + 1, secrets.getOrDefault(head, Set.of()));
                }
            }
        }

        private static int place(int head) {
            return head & 0xffff;
        }

        private void look(String where, String text, int at, Set<String> some) {
            for (String secret : some) {
                if (text.startsWith(secret, at)) {
                    leaks.add("%s tells a secret: %s".formatted(where, text.replace(secret, "<the secret>")));
                }
            }
        }

        /** What the letter before the first {@value #HEAD} counts for in {@link String#hashCode}. */
        private static int dropped() {
            int power = 1;
            for (int i = 0; i < HEAD; i++) {
                power *= 31;
            }
            return power;
        }

        /** @param documents by their collections */
        void look(Map<String, List<Document>> documents) {
            documents.forEach((collection, all) ->
                    all.forEach(document -> look("what is stored in " + collection, document.toString())));
        }

        void assertNoLeaks() {
            assertThat(leaks).isEmpty();
        }
    }

    /** Sees every log line; {@code logback-test.xml} names it. */
    public static final class LogWatch extends AppenderBase<ILoggingEvent> {

        private final Watch watch;

        public LogWatch() {
            this(ALL);
        }

        LogWatch(Watch watch) {
            this.watch = watch;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String where = "the log of " + event.getLoggerName();
            watch.look(where, event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                watch.look(where, String.valueOf(cause.getMessage()));
            }
        }
    }
}
