package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.extraction.Extractor;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Small extractors for tests of batches and collections, with {@code WAYBILL_TEST_EXTRACTORS=true} in the
 * environment: {@code test_text} (a text as one document), {@code test_chunks} (a document for each word),
 * {@code test_counter} (how long a text is) and {@code test_image}. A text that holds {@code BROKEN} cannot be read,
 * {@code FLAKY} cannot be read the first time, {@code GATE} waits until the {@link Gate} of its instance is opened.
 */
public final class TestExtractors implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final Map<String, String> ON = Map.of("WAYBILL_TEST_EXTRACTORS", "true");

    /** The file to which each extraction appends a line, so that those of several processes can be counted. */
    public static final String READINGS = "WAYBILL_TEST_READINGS";

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!"true".equals(context.getEnvironment().getProperty("WAYBILL_TEST_EXTRACTORS"))) {
            return;
        }
        @Nullable String readings = context.getEnvironment().getProperty(READINGS);
        Counter counter = new Counter(readings == null ? null : Path.of(readings));
        Gate gate = new Gate();
        List<Extractor> all = List.of(
                new Text(counter, gate), new Chunks(counter, gate), new Length(counter, gate), new Image(counter));
        all.forEach(extractor -> context.getBeanFactory().registerSingleton(extractor.name(), extractor));
        context.getBeanFactory().registerSingleton("testReadings", counter);
        context.getBeanFactory().registerSingleton("testGate", gate);
    }

    /** What texts with {@code GATE} wait for, in one instance. */
    public static final class Gate {

        private volatile CountDownLatch latch = new CountDownLatch(1);

        public void close() {
            latch = new CountDownLatch(1);
        }

        public void open() {
            latch.countDown();
        }

        void pass() {
            try {
                if (!latch.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the gate was not opened");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Counts the extractions of one instance. */
    public static final class Counter {

        private final AtomicInteger count = new AtomicInteger();
        private final @Nullable Path file;

        Counter(@Nullable Path file) {
            this.file = file;
        }

        public int count() {
            return count.get();
        }

        void add(String extractor, String text) {
            count.incrementAndGet();
            if (file != null) {
                try {
                    Files.writeString(
                            file,
                            "%s %s%n".formatted(extractor, text),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private abstract static class OfText implements Extractor {

        private final Counter counter;
        private final Gate gate;

        OfText(Counter counter, Gate gate) {
            this.counter = counter;
            this.gate = gate;
        }

        @Override
        public String version() {
            return "v1";
        }

        @Override
        public boolean takes(String mediaType) {
            return mediaType.equals("text/plain");
        }

        @Override
        public void checkParameters(Map<String, Object> parameters) {
            if (!Set.of("shout").containsAll(parameters.keySet())) {
                throw new WaybillException(ErrorCode.BAD_REQUEST, "parameters: only 'shout' is known");
            }
        }

        @Override
        public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
                throws ExtractionException {
            String text = new String(bytes(source), UTF_8);
            counter.add(name(), text);
            check(text);
            read(Boolean.TRUE.equals(parameters.get("shout")) ? text.toUpperCase() : text, sink);
        }

        private void check(String text) throws ExtractionException {
            if (text.contains("BROKEN")) {
                throw new ExtractionException(Kind.BROKEN, "The text is broken", null);
            }
            if (text.contains("FLAKY") && SEEN.add(text)) {
                throw new IllegalStateException("this happens once");
            }
            if (text.contains("GATE")) {
                gate.pass();
            }
        }

        abstract void read(String text, ExtractionSink sink);
    }

    private static final class Text extends OfText {

        Text(Counter counter, Gate gate) {
            super(counter, gate);
        }

        @Override
        public String name() {
            return "test_text";
        }

        @Override
        void read(String text, ExtractionSink sink) {
            sink.document(Map.of("text", text));
        }
    }

    private static final class Chunks extends OfText {

        Chunks(Counter counter, Gate gate) {
            super(counter, gate);
        }

        @Override
        public String name() {
            return "test_chunks";
        }

        @Override
        void read(String text, ExtractionSink sink) {
            for (String word : text.split(" ")) {
                sink.document(Map.of("text", word));
            }
        }
    }

    private static final class Length extends OfText {

        Length(Counter counter, Gate gate) {
            super(counter, gate);
        }

        @Override
        public String name() {
            return "test_counter";
        }

        @Override
        void read(String text, ExtractionSink sink) {
            sink.document(Map.of("characters", text.length()));
        }
    }

    private static final class Image implements Extractor {

        private final Counter counter;

        Image(Counter counter) {
            this.counter = counter;
        }

        @Override
        public String name() {
            return "test_image";
        }

        @Override
        public String version() {
            return "v1";
        }

        @Override
        public boolean takes(String mediaType) {
            return mediaType.startsWith("image/");
        }

        @Override
        public void checkParameters(Map<String, Object> parameters) {}

        @Override
        public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
                throws ExtractionException {
            byte[] bytes = bytes(source);
            counter.add(name(), source.filename());
            String thumbnail = sink.store("thumbnail.bin", "application/octet-stream", new byte[] {1, 2, 3});
            sink.document(Map.of("size", bytes.length, "thumbnail", thumbnail));
        }
    }

    private static byte[] bytes(ExtractionSource source) throws ExtractionException {
        try (InputStream in = source.bytes().getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ExtractionException(Kind.BROKEN, "The file cannot be read", e);
        }
    }
}
