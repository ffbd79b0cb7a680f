package dev.waybill.processing;

import dev.waybill.blobs.BlobKeys;
import dev.waybill.collections.DocumentId;
import dev.waybill.collections.DocumentSource;
import dev.waybill.collections.ExtractedDocument;
import dev.waybill.collections.ExtractedDocuments;
import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.Extractor;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs one extractor over one source, and classifies failures: the file's, storage's, the database's or ours. */
@Component
class ExtractionStep {

    private static final Logger LOG = LoggerFactory.getLogger(ExtractionStep.class);

    /**
     * One run of an extractor over the sources of an object.
     *
     * @param patient whether to wait while storage is unavailable
     * @param leaseCheck required before anything is written or removed
     */
    record Job(
            BatchRef batch,
            TierStep step,
            DocumentSource documentSource,
            Extractor extractor,
            ObjectId object,
            boolean patient,
            LeaseCheck leaseCheck) {}

    private final ExtractedDocuments extractedDocuments;
    private final ObjectStorage storage;
    private final IdGenerator ids;
    private final InstantSource clock;

    ExtractionStep(ExtractedDocuments extractedDocuments, ObjectStorage storage, IdGenerator ids, InstantSource clock) {
        this.extractedDocuments = extractedDocuments;
        this.storage = storage;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @throws StorageException when storage is unavailable and is to be waited for
     * @throws LeaseCheck.Over when the lease was lost
     */
    void read(Job job, Sources.Source source, ResultBuilder result) {
        Sink sink = new Sink(job, source.id());
        ReadFailure failure = attempt(job, source, sink);
        // A stalled worker's reading ends in a time-out; the documents may be another's by now.
        job.leaseCheck().require();
        SourceBytes stored = source.stored();
        if (stored != null && stored.isMissing()) {
            failure = ReadFailure.of(
                    job.step(), source.id(), ReadFailure.DEPENDENCY, "The file is not in storage (any more)", true);
        } else if (stored != null && stored.failure() != null) {
            failure = storageFailed(job, source, stored.failure());
        } else if (sink.failure instanceof StorageException unavailable) {
            failure = storageFailed(job, source, unavailable);
        } else if (sink.failure != null) {
            throw sink.failure;
        }
        // Nothing is left half made: what failed has no documents at all.
        extractedDocuments.removeBeyond(
                job.documentSource(), job.object(), source.id(), failure == null ? sink.count : 0);
        if (failure == null) {
            result.wrote(job.documentSource().value(), sink.count);
        } else {
            result.fail(job.documentSource().value(), failure);
        }
    }

    private @Nullable ReadFailure attempt(Job job, Sources.Source source, Sink sink) {
        try {
            job.extractor()
                    .extract(source.content(), job.documentSource().extractor().parameters(), sink);
            sink.flush();
            return null;
        } catch (ExtractionException e) {
            return ReadFailure.of(job.step(), source.id(), e);
        } catch (StorageException unavailable) {
            // Of this machine's disk too, which the file is not to blame for.
            sink.failure = unavailable;
            return null;
        } catch (RuntimeException e) {
            LOG.warn("{} failed over {} of {}", job.step().extractorId(), source.id(), job.object(), e);
            return ReadFailure.of(
                    job.step(), source.id(), ReadFailure.RUNTIME, "The extractor failed unexpectedly", true);
        }
    }

    private static ReadFailure storageFailed(Job job, Sources.Source source, StorageException failure) {
        if (job.patient() && failure.passes()) {
            throw failure;
        }
        String why = failure.kind() == StorageException.Kind.DISK_FULL
                ? "The service's own disk was full for too long"
                : "Storage did not give the file out";
        return ReadFailure.of(job.step(), source.id(), ReadFailure.DEPENDENCY, why, true);
    }

    /**
     * Writes the documents of one source, a few at a time. A failure here is no fault of the file, and is remembered,
     * whatever the extractor does with the exception. Not thread-safe.
     */
    private final class Sink implements ExtractionSink {

        private static final int AT_ONCE = 50;

        private final Job job;
        private final String source;
        private final List<ExtractedDocument> waiting = new ArrayList<>();
        private final List<ObjectKey> stored = new ArrayList<>();
        private int count;
        private @Nullable RuntimeException failure;

        Sink(Job job, String source) {
            this.job = job;
            this.source = source;
        }

        @Override
        public void document(Map<String, Object> fields) {
            waiting.add(new ExtractedDocument(
                    DocumentId.of(job.documentSource().value(), job.object(), source, count),
                    job.batch().scope(),
                    job.batch().bucket(),
                    job.documentSource().collection(),
                    job.object(),
                    source,
                    job.documentSource().extractor().id(),
                    count,
                    job.batch().batchId(),
                    fields,
                    List.copyOf(stored),
                    clock.instant()));
            stored.clear();
            count++;
            if (waiting.size() >= AT_ONCE) {
                flush();
            }
        }

        @Override
        public String store(String name, String contentType, byte[] bytes) {
            ObjectKey key = BlobKeys.fresh(ids, job.batch().scope().namespace().value(), name);
            write(() -> storage.put(key, new ByteArrayInputStream(bytes), bytes.length, contentType));
            stored.add(key);
            return key.value();
        }

        void flush() {
            write(() -> {
                waiting.forEach(each -> BlobKeys.requireYoung(each.files(), clock.instant()));
                extractedDocuments.replaceAll(waiting);
            });
            waiting.clear();
        }

        private void write(Runnable write) {
            try {
                job.leaseCheck().require();
                write.run();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
    }
}
