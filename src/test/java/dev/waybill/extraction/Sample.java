package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A file as it comes to an extractor; counts the streams that are open. */
public record Sample(String filename, String mediaType, byte[] bytes, AtomicInteger open) {

    public static Sample of(String filename, String mediaType, byte[] bytes) {
        return new Sample(filename, mediaType, bytes, new AtomicInteger());
    }

    public static Sample text(String text) {
        return of("note.txt", "text/plain", text.getBytes(UTF_8));
    }

    /** Only its first part. */
    public Sample truncated(double part) {
        return of(filename, mediaType, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    public ExtractionSource source() {
        return new ExtractionSource(filename, mediaType, bytes.length, this::stream);
    }

    public CollectingSink through(Extractor extractor, Map<String, Object> parameters) throws ExtractionException {
        CollectingSink sink = new CollectingSink();
        extractor.extract(source(), parameters, sink);
        return sink;
    }

    public CollectingSink through(Extractor extractor) throws ExtractionException {
        return through(extractor, Map.of());
    }

    private InputStream stream() {
        open.incrementAndGet();
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
