package dev.waybill.uploads;

import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectCreated;
import dev.waybill.objects.Objects;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.EventGroup;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.ClaimStore.Claim;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Settles many uploads of one bucket with bulk writes, in the same order of steps as {@link Settlement}. Those whose bytes
 * somebody else claimed, those with a unique key, and those that get a batch of their own, are settled one by one.
 */
@Component
class BulkSettlement {

    private final UploadStore uploads;
    private final ClaimStore claims;
    private final Objects objects;
    private final ObjectsOfUploads own;
    private final Settlement settlement;
    private final ApplicationEventPublisher news;
    private final InstantSource clock;
    private final FaultPoints faults;

    BulkSettlement(
            UploadStore uploads,
            ClaimStore claims,
            Objects objects,
            ObjectsOfUploads own,
            Settlement settlement,
            ApplicationEventPublisher news,
            InstantSource clock,
            FaultPoints faults) {
        this.uploads = uploads;
        this.claims = claims;
        this.objects = objects;
        this.own = own;
        this.settlement = settlement;
        this.news = news;
        this.clock = clock;
        this.faults = faults;
    }

    /** An upload whose bytes are good. */
    record Ready(Upload upload, Verdict.Good good) {}

    Map<UploadId, ConfirmResult> settle(List<Ready> ready) {
        Map<UploadId, ConfirmResult> results = new HashMap<>();
        if (ready.isEmpty()) {
            return results;
        }
        faults.reach("batch.verified");
        List<Ready> contested = contested(ready);
        List<Ready> clear =
                ready.stream().filter(one -> !contested.contains(one)).toList();
        faults.reach("batch.claimed");
        List<BucketObject> made = clear.stream()
                .filter(one -> one.upload().target().createObject())
                .map(one -> own.wanted(one.upload(), one.good()))
                .toList();
        objects.insertAll(made);
        faults.reach("batch.objects-written");
        List<UploadStore.Completion> completions = clear.stream()
                .map(one -> settlement.completion(one.upload(), one.good()))
                .toList();
        tell(made, completions);
        faults.reach("batch.told");
        uploads.completeAll(completions);
        faults.reach("batch.completed");
        Map<UploadId, Upload> stored = reread(clear);
        clear.forEach(one -> results.put(
                one.upload().id(), result(one, stored.get(one.upload().id()))));
        contested.forEach(one -> results.put(one.upload().id(), settleAlone(one)));
        return results;
    }

    private void tell(List<BucketObject> made, List<UploadStore.Completion> completions) {
        List<PublicEvent> told = new ArrayList<>();
        made.forEach(object -> told.add(ObjectCreated.of(object)));
        completions.forEach(completion -> told.add(UploadCompleted.of(completion, clock.instant())));
        news.publishEvent(EventGroup.of(told));
    }

    private List<Ready> contested(List<Ready> ready) {
        List<Claim> wanted = new ArrayList<>();
        ready.stream()
                .filter(one -> one.upload().target().skipDuplicates())
                .forEach(one ->
                        one.good().contents().forEach(content -> wanted.add(settlement.claim(one.upload(), content))));
        Upload any = ready.getFirst().upload();
        Map<String, Claim> holders = claims.claimAll(any.scope(), any.bucket(), wanted);
        return ready.stream()
                .filter(one -> isAlone(one.upload().target()) || isContested(one, holders))
                .toList();
    }

    private static boolean isAlone(Upload.Target target) {
        return target.autoSubmit() || target.uniqueKey() != null;
    }

    private static boolean isContested(Ready one, Map<String, Claim> holders) {
        return one.upload().target().skipDuplicates()
                && one.good().contents().stream().anyMatch(content -> {
                    Claim holder = holders.get(content);
                    return holder != null
                            && !holder.upload().equals(one.upload().id());
                });
    }

    private Map<UploadId, Upload> reread(List<Ready> clear) {
        Map<UploadId, Upload> stored = new HashMap<>();
        if (!clear.isEmpty()) {
            uploads.findAll(
                            clear.getFirst().upload().scope(),
                            clear.stream().map(one -> one.upload().id()).toList())
                    .forEach(upload -> stored.put(upload.id(), upload));
        }
        return stored;
    }

    /** An upload that did not complete was canceled in between: settling it alone says so and takes its object back. */
    private ConfirmResult result(Ready one, @Nullable Upload stored) {
        return stored != null && stored.status() == TaskStatus.COMPLETED ? ConfirmResult.of(stored) : settleAlone(one);
    }

    private ConfirmResult settleAlone(Ready one) {
        try {
            return ConfirmResult.of(settlement.settle(one.upload(), one.good()));
        } catch (WaybillException refused) {
            Upload upload = one.upload();
            TaskStatus status = uploads.find(upload.scope(), upload.id())
                    .map(Upload::status)
                    .orElse(TaskStatus.FAILED);
            return ConfirmResult.refused(upload.id().value(), refused, status);
        }
    }
}
