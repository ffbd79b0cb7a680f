package dev.waybill.submissions;

import dev.waybill.agents.Agent;
import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.projects.Project;
import dev.waybill.projects.ProjectService;
import dev.waybill.quotas.Quotas;
import dev.waybill.quotas.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Use cases of agents: list projects, begin a submission, announce its file. Confirming is
 * {@link SubmissionConfirmations}.
 */
@Component
class SubmissionService {

    static final Fields FIELDS = Fields.builder()
            .token("submission_id", "project_id", "agent_id", "status")
            .text("text", "media.file_name", "media.file_type", "media.detected_type")
            .number("generation_time_seconds", "media.file_size_bytes")
            .instant("created_at", "confirmed_at")
            .searching("text", "media.file_name")
            .build();

    /** Attempts at a change that conflicts with others. */
    private static final int MAX_ATTEMPTS = 5;

    /** A text is submitted by two writes; when the second one is missing, the periodic job repeats it. */
    private static final Duration TEXT_PATIENCE = Duration.ofMinutes(1);

    private final ProjectService projects;
    private final SubmissionStore store;
    private final SubmissionConfirmations confirmations;
    private final FileCheck files;
    private final Quotas quotas;
    private final UrlSigner signer;
    private final BatchedDeletes deletes;
    private final SubmissionsProperties properties;
    private final IdGenerator ids;
    private final InstantSource clock;

    SubmissionService(
            ProjectService projects,
            SubmissionStore store,
            SubmissionConfirmations confirmations,
            FileCheck files,
            Quotas quotas,
            UrlSigner signer,
            BatchedDeletes deletes,
            SubmissionsProperties properties,
            IdGenerator ids,
            InstantSource clock) {
        this.projects = projects;
        this.store = store;
        this.confirmations = confirmations;
        this.files = files;
        this.quotas = quotas;
        this.signer = signer;
        this.deletes = deletes;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
    }

    /** The projects that take submissions of this agent now. */
    SubmissionProjectView.Paged projects(Agent agent, ListQuery query) {
        return SubmissionProjectView.Paged.of(projects.openFor(agent, query));
    }

    SubmissionProjectView project(Agent agent, String id) {
        return SubmissionProjectView.of(require(agent, id));
    }

    /** A new submission: waiting for a file, or submitted already when it is text. */
    SubmissionView begin(Agent agent, String projectId, @Nullable String text) {
        Project project = require(agent, projectId);
        Instant now = clock.instant();
        requireOpen(project, now);
        SubmissionId id = new SubmissionId(ids.nextUuid().toString());
        if (text == null) {
            SubmissionEntity empty = SubmissionEntity.pending(id, agent, project.projectId(), null, null, now);
            store.insert(empty);
            return SubmissionView.of(empty);
        }
        FileCheck.requireText(text);
        SubmissionEntity written =
                SubmissionEntity.pending(id, agent, project.projectId(), text, now.plus(TEXT_PATIENCE), now);
        store.insert(written);
        return confirmations.finish(written).map(SubmissionView::of).orElseThrow(SubmissionFailures::changedMeanwhile);
    }

    SubmissionView get(Agent agent, String projectId, String id) {
        return SubmissionView.of(require(agent, projectId, id));
    }

    private SubmissionEntity require(Agent agent, String projectId, String id) {
        return find(agent, projectId)
                .flatMap(project -> SubmissionId.parse(id).flatMap(parsed -> store.find(project, parsed)))
                .filter(found -> found.agentId().equals(agent.id()))
                .orElseThrow(SubmissionFailures::submissionNotFound);
    }

    /** The agent's own. */
    SubmissionView.Paged list(Agent agent, String projectId, ListQuery query) {
        return SubmissionView.Paged.of(store.list(require(agent, projectId), agent.id(), query, FIELDS));
    }

    /** Submits what was uploaded; of any number of callers, one succeeds. */
    SubmissionConfirmedView confirm(Agent agent, String projectId, String id) {
        return SubmissionConfirmedView.of(retryOnConflict(() -> {
            SubmissionEntity found = require(agent, projectId, id);
            return confirmations.confirm(require(agent, projectId), found);
        }));
    }

    /**
     * A presigned URL to PUT the submission's file: a fresh one for each request. A file of another name, type or size
     * replaces the former one, whose bytes are removed.
     */
    SubmissionUploadView announce(Agent agent, String projectId, String id, SubmissionFileRequest request) {
        return retryOnConflict(() -> {
            SubmissionEntity found = require(agent, projectId, id);
            if (!found.isPending() || found.isComplete()) {
                throw SubmissionFailures.mediaNotFound();
            }
            Project project = require(agent, projectId);
            requireOpen(project, clock.instant());
            files.requireAcceptable(project, request);
            return announce(found, request);
        });
    }

    /** The change is empty on a conflict; then it is tried on what the next read finds. */
    private static <T> T retryOnConflict(Supplier<Optional<T>> change) {
        return Stream.generate(change)
                .limit(MAX_ATTEMPTS)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(SubmissionFailures::changedMeanwhile);
    }

    private Optional<SubmissionUploadView> announce(SubmissionEntity found, SubmissionFileRequest request) {
        MediaFile former = found.media();
        boolean same = former != null && former.isAnnouncedAs(request);
        ObjectKey key = same && former != null ? former.s3Key() : key(found, request.fileName());
        PresignedUrl url = signer.put(
                new PutTerms(key, request.fileType(), properties.urlLifetime(), request.fileSize(), null, false));
        MediaFile file = same && former != null
                ? former.withUrlUntil(url.expiresAt())
                : MediaFile.pending(request, key, url.expiresAt());
        SubmissionEntity changed = found.withMedia(file, file.urlEndsAt().plus(properties.unconfirmedFor()));
        Optional<SubmissionEntity> replaced = replace(changed, former == null ? 0 : former.fileSizeBytes());
        if (replaced.isPresent() && !same) {
            deletes.add(found.keys());
        }
        return replaced.map(stored -> SubmissionUploadView.of(stored, url));
    }

    /** @param before the size of its file so far, in bytes */
    private Optional<SubmissionEntity> replace(SubmissionEntity changed, long before) {
        MediaFile file = changed.media();
        long more = file == null ? 0 : file.fileSizeBytes() - before;
        Reservation reservation = quotas.reserve(changed.organizationId(), more).orRefuse();
        Optional<SubmissionEntity> replaced = store.replace(changed);
        quotas.settle(reservation, replaced.isPresent() ? more : 0);
        return replaced;
    }

    private Project require(Agent agent, String id) {
        return find(agent, id).orElseThrow(SubmissionFailures::projectNotFound);
    }

    private Optional<Project> find(Agent agent, String id) {
        return projects.find(agent.organization(), id).filter(found -> found.isFor(agent.id()));
    }

    private static void requireOpen(Project project, Instant now) {
        if (project.isOver(now)) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST, "The project's deadline %s has passed".formatted(project.deadline()));
        }
        if (!project.isOpen()) {
            throw new WaybillException(ErrorCode.BAD_REQUEST, "The project is closed");
        }
    }

    private ObjectKey key(SubmissionEntity submission, String fileName) {
        return BlobKeys.staged(
                ids.nextOfThisRun(""), submission.organizationId().value(), fileName);
    }
}
