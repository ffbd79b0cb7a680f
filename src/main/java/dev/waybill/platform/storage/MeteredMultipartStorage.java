package dev.waybill.platform.storage;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Times every request. */
final class MeteredMultipartStorage implements MultipartStorage {

    private final MultipartStorage delegate;
    private final StorageTimers timers;

    MeteredMultipartStorage(MultipartStorage delegate, MeterRegistry registry) {
        this.delegate = delegate;
        this.timers = new StorageTimers(registry);
    }

    @Override
    public String begin(ObjectKey key, String contentType) {
        return timers.time("multipart_begin", () -> delegate.begin(key, contentType));
    }

    @Override
    public Optional<List<Part>> listParts(ObjectKey key, String multipartId) {
        return timers.time("multipart_list_parts", () -> delegate.listParts(key, multipartId));
    }

    @Override
    public Completion complete(ObjectKey key, String multipartId, List<Part> parts) {
        return timers.time("multipart_complete", () -> delegate.complete(key, multipartId, parts));
    }

    @Override
    public void abort(ObjectKey key, String multipartId) {
        timers.time("multipart_abort", () -> delegate.abort(key, multipartId));
    }

    @Override
    public List<Unfinished> listUnfinished(Instant startedBefore, int max) {
        return timers.time("multipart_list_unfinished", () -> delegate.listUnfinished(startedBefore, max));
    }

    @Override
    public String toString() {
        return "MeteredMultipartStorage{" + delegate + "}";
    }
}
