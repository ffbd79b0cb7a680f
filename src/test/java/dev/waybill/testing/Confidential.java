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
 * Secrets that tests pass to the service, and a check that none leaks. Log lines, responses and outgoing requests are
 * scanned in all tests, and the test that runs when a secret is found fails. What a service stores is scanned when a
 * test {@linkplain #assertKeptBy says so}.
 */
public final class Confidential implements AfterEachCallback {

    private static final Watch ALL = new Watch();

    /** Registers a secret, which may not leak from now on. */
    public static String secret(String value) {
        return ALL.secret(value);
    }

    /** Scans a text that leaves the service. */
    static void scan(String where, String text) {
        ALL.scan(where, text);
    }

    /** Scans all that a service has stored, events and deliveries included, its tasks and its metrics. */
    public static void assertKeptBy(ServiceUnderTest service) {
        ALL.scan(service.documents());
        scan("the metrics", service.metrics());
        scan(
                "the tasks",
                service.client().post("/v1/tasks/list?limit=1000", "{}").text());
        ALL.assertNoLeaks();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ALL.assertNoLeaks();
    }

    /** Registered secrets, and where one of them leaked. */
    static final class Watch {

        /**
         * The least length of a secret. A text is scanned once for all of them, by a rolling hash over so many letters.
         */
        private static final int HEAD = 8;

        private static final int DROPPED = dropped();

        private final Map<Integer, Set<String>> secrets = new ConcurrentHashMap<>();

        /** Whether a secret begins with a head of these last bits of its hash: that alone rules out most positions. */
        private final AtomicIntegerArray known = new AtomicIntegerArray(1 << 16);

        private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

        String secret(String value) {
            assertThat(value.length()).as("letters of a secret").isGreaterThanOrEqualTo(HEAD);
            secrets.computeIfAbsent(value.substring(0, HEAD).hashCode(), head -> ConcurrentHashMap.newKeySet())
                    .add(value);
            known.set(slot(value.substring(0, HEAD).hashCode()), 1);
            return value;
        }

        void scan(String where, String text) {
            int head = 0;
            for (int i = 0; i < text.length(); i++) {
                head = 31 * head + text.charAt(i) - (i < HEAD ? 0 : DROPPED * text.charAt(i - HEAD));
                if (i >= HEAD - 1 && known.get(slot(head)) != 0) {
                    scan(where, text, i - HEAD + 1, secrets.getOrDefault(head, Set.of()));
                }
            }
        }

        private static int slot(int head) {
            return head & 0xffff;
        }

        private void scan(String where, String text, int at, Set<String> some) {
            for (String secret : some) {
                if (text.startsWith(secret, at)) {
                    leaks.add("%s leaks a secret: %s".formatted(where, text.replace(secret, "<the secret>")));
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
        void scan(Map<String, List<Document>> documents) {
            documents.forEach((collection, all) ->
                    all.forEach(document -> scan("what is stored in " + collection, document.toString())));
        }

        void assertNoLeaks() {
            assertThat(leaks).isEmpty();
        }
    }

    /** A Logback appender that scans every log line; {@code logback-test.xml} names it. */
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
            watch.scan(where, event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                watch.scan(where, String.valueOf(cause.getMessage()));
            }
        }
    }
}
