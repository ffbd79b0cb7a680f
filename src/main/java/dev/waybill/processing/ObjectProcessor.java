package dev.waybill.processing;

import dev.waybill.blobs.Blob;
import dev.waybill.collections.CollectionId;
import dev.waybill.collections.Collections;
import dev.waybill.collections.DocumentId;
import dev.waybill.collections.DocumentSource;
import dev.waybill.collections.ExtractedDocument;
import dev.waybill.collections.ExtractedDocuments;
import dev.waybill.extraction.Extractor;
import dev.waybill.extraction.Extractors;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs all extraction steps of a tier for one object. Repeatable: documents of the same derived id replace each other.
 */
@Component
public class ObjectProcessor {

    private static final int PAGE = 100;

    private final Objects objects;
    private final Collections collections;
    private final ExtractedDocuments extractedDocuments;
    private final Extractors extractors;
    private final Sources sources;
    private final ExtractionStep extractionStep;
    private final InstantSource clock;

    ObjectProcessor(
            Objects objects,
            Collections collections,
            ExtractedDocuments extractedDocuments,
            Extractors extractors,
            Sources sources,
            ExtractionStep extractionStep,
            InstantSource clock) {
        this.objects = objects;
        this.collections = collections;
        this.extractedDocuments = extractedDocuments;
        this.extractors = extractors;
        this.sources = sources;
        this.extractionStep = extractionStep;
        this.clock = clock;
    }

    /**
     * Processes the object.
     *
     * @param tier from 0
     * @param patient whether to wait while storage is unavailable
     * @param leaseCheck required before anything is written or removed
     * @throws LeaseCheck.Over when the lease was lost
     * @throws dev.waybill.platform.storage.StorageException when it is unavailable, and is to be waited for
     */
    public ObjectResult process(
            BatchRef batch, int tier, List<TierStep> steps, String id, boolean patient, LeaseCheck leaseCheck) {
        Instant start = clock.instant();
        ResultBuilder result = new ResultBuilder();
        Optional<BucketObject> object =
                find(batch, id).filter(found -> found.bucket().equals(batch.bucket()));
        if (object.isEmpty()) {
            result.fail(
                    ReadFailure.ofObject(ReadFailure.VALIDATION, "The object is not in the bucket (any more)", false));
        } else {
            List<TierStep> done = living(batch, steps);
            try {
                done.forEach(step -> step(batch, step, object.get(), result, patient, leaseCheck));
            } finally {
                removeDocumentsIfGone(batch, steps, done, id);
            }
            if (tier == 0 && result.isUntouched()) {
                result.fail(untouched(object.get(), steps));
            }
        }
        Instant end = clock.instant();
        return result.build(Duration.between(start, end).toMillis(), end);
    }

    /**
     * The object, or a collection, may have been deleted, with its documents, just before more of them were written;
     * also when the lease was lost. The object itself decides, not its batch: when only that was deleted, documents
     * stay, as those of its other objects do. An object that is deleted together with its bucket is seen here, or
     * removed by a later pass of the bucket's deletion, after which another pass removes the documents.
     */
    private void removeDocumentsIfGone(BatchRef batch, List<TierStep> steps, List<TierStep> done, String id) {
        List<TierStep> gone = new ArrayList<>(done);
        if (find(batch, id).isPresent()) {
            gone.removeAll(living(batch, steps));
        }
        removeDocuments(batch, gone, id);
    }

    /** Removes what was written for an object, because it or its bucket is gone, or it cannot be processed. */
    public void removeDocuments(BatchRef batch, List<TierStep> steps, String id) {
        ObjectId.parse(id)
                .filter(object -> !steps.isEmpty())
                .filter(object -> batch.bucket()
                        .equals(objects.bucketsOf(batch.scope(), List.of(object))
                                .getOrDefault(object, batch.bucket())))
                .ifPresent(object ->
                        steps.forEach(step -> extractedDocuments.removeAll(documentSource(batch, step), object)));
    }

    private void step(
            BatchRef batch,
            TierStep step,
            BucketObject object,
            ResultBuilder result,
            boolean patient,
            LeaseCheck leaseCheck) {
        Optional<Extractor> extractor = extractors.find(step.extractor(), step.version());
        if (extractor.isEmpty()) {
            result.fail(ReadFailure.of(
                    step,
                    null,
                    ReadFailure.DEPENDENCY,
                    "The extractor '%s' is not available".formatted(step.extractorId()),
                    true));
            return;
        }
        ExtractionStep.Job job = new ExtractionStep.Job(
                batch, step, documentSource(batch, step), extractor.get(), object.id(), patient, leaseCheck);
        if (step.parentId() == null) {
            readBlobs(job, object, result);
        } else {
            readDocuments(job, new CollectionId(step.parentId()), result);
        }
    }

    private void readBlobs(ExtractionStep.Job job, BucketObject object, ResultBuilder result) {
        List<String> read = new ArrayList<>();
        for (Blob blob : object.blobs()) {
            sources.of(blob).ifPresent(source -> read(job, source, result, read));
        }
        removeOthers(job, read, null, null);
    }

    /** Documents made of sources that no longer exist are removed page by page: they come in the order of their ids. */
    private void readDocuments(ExtractionStep.Job job, CollectionId parent, ResultBuilder result) {
        DocumentId last = null;
        while (true) {
            List<ExtractedDocument> page =
                    extractedDocuments.after(job.batch().scope(), parent, job.object(), last, PAGE);
            List<String> read = new ArrayList<>();
            for (ExtractedDocument extractedDocument : page) {
                sources.of(extractedDocument)
                        .ifPresentOrElse(source -> read(job, source, result, read), () -> result.countSource(false));
            }
            DocumentId until = page.size() < PAGE ? null : page.getLast().id();
            removeOthers(job, read, last, until);
            if (until == null) {
                return;
            }
            last = until;
        }
    }

    private void removeOthers(
            ExtractionStep.Job job, List<String> read, @Nullable DocumentId after, @Nullable DocumentId upTo) {
        job.leaseCheck().require();
        extractedDocuments.removeOthers(
                job.documentSource(),
                job.object(),
                read,
                after == null ? null : after.value(),
                upTo == null ? null : upTo.value());
    }

    private void read(ExtractionStep.Job job, Sources.Source source, ResultBuilder result, List<String> read) {
        boolean takes = job.extractor().takes(source.content().mediaType());
        result.countSource(takes);
        if (takes) {
            read.add(source.id());
            extractionStep.read(job, source, result);
        }
    }

    private Optional<BucketObject> find(BatchRef batch, String id) {
        return ObjectId.parse(id).flatMap(object -> objects.find(batch.scope(), object));
    }

    /** The steps that fill no collection, or an existing one. */
    private List<TierStep> living(BatchRef batch, List<TierStep> steps) {
        Set<CollectionId> living = collections.living(
                batch.scope(),
                steps.stream()
                        .flatMap(step -> Stream.ofNullable(step.collectionId()))
                        .map(CollectionId::new)
                        .toList());
        return steps.stream()
                .filter(step -> step.collectionId() == null || living.contains(new CollectionId(step.collectionId())))
                .toList();
    }

    private static ReadFailure untouched(BucketObject object, List<TierStep> steps) {
        String extractors = steps.stream().map(TierStep::extractorId).distinct().collect(Collectors.joining(", "));
        String types =
                object.blobs().stream().map(ObjectProcessor::typeOf).distinct().collect(Collectors.joining(", "));
        boolean onlyReferences = object.blobs().stream()
                .anyMatch(blob -> blob.key() == null && blob.inline() == null && blob.url() != null);
        String message = types.isEmpty()
                ? onlyReferences
                        ? "The object only refers to its content (canonicalize_source was false); nothing lies in storage"
                        : "The object has no content to read"
                : "No extractor of this tier (%s) takes %s".formatted(extractors, types);
        return ReadFailure.ofObject(ReadFailure.VALIDATION, message, false);
    }

    private static String typeOf(Blob blob) {
        @Nullable String type = blob.mimeType();
        return type == null ? blob.type().wire() : type;
    }

    private static DocumentSource documentSource(BatchRef batch, TierStep step) {
        String collection = step.collectionId();
        return new DocumentSource(
                batch.scope(), batch.bucket(), collection == null ? null : new CollectionId(collection), step.use());
    }
}
