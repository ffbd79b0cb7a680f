package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.query.Page;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import dev.waybill.uploads.UploadStore.Settled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that the contract of upload stores fails each implementation that breaks a promise. */
class UploadStoreKitTests {

    private static final List<Lie<UploadStore>> LIES = List.of(
            Lie.none(UploadStore.class),
            lie(
                    "drops one from a list",
                    "findAll",
                    call -> call.<List<UploadEntity>>proceed().stream().skip(1).toList(),
                    "anUploadIsReadBackAsItWasInserted",
                    "anOutcomeIsStored"),
            lie(
                    "inserts none if one exists",
                    "insertAll",
                    call -> call.<List<UploadEntity>>argument(0).stream()
                                    .anyMatch(upload -> store(call)
                                            .find(upload.scope(), upload.id())
                                            .isPresent())
                            ? null
                            : call.proceed(),
                    "anInsertLeavesAnExistingUploadUnchanged"),
            lie(
                    "starts tasks for other scopes",
                    "startTask",
                    call -> call.with(0, SCOPE).proceed(),
                    "anUploadIsInvisibleToOtherScopes"),
            lie(
                    "shows uploads to other scopes",
                    "find",
                    call -> call.with(0, SCOPE).proceed(),
                    "anUploadIsInvisibleToOtherScopes"),
            lie(
                    "loses the outcome",
                    "completeAll",
                    call -> call.with(
                                    0,
                                    call.<List<Settled>>argument(0).stream()
                                            .map(UploadStoreKitTests::withoutOutcome)
                                            .toList())
                            .proceed(),
                    "anOutcomeIsStored"),
            lie(
                    "returns each caller's own outcome",
                    "completeAll",
                    call -> {
                        Map<UploadId, TaskStatus> requested = call.<List<Settled>>argument(0).stream()
                                .collect(toMap(end -> end.upload().id(), Settled::status));
                        return call.<List<UploadEntity>>proceed().stream()
                                .map(upload -> upload.ended(
                                        requested.get(upload.id()),
                                        upload.outcome(),
                                        upload.file().key()))
                                .toList();
                    },
                    "oneOfManyConcurrentOutcomesIsStored",
                    "anOutcomeIsFinal"),
            lie(
                    "returns what was removed",
                    "completeAll",
                    call -> {
                        call.proceed();
                        return call.<List<Settled>>argument(0).stream()
                                .map(Settled::upload)
                                .map(upload -> store(call)
                                        .find(upload.scope(), upload.id())
                                        .orElse(upload))
                                .toList();
                    },
                    "aRemovedUploadGetsNoOutcome"),
            lie(
                    "stores one outcome of many",
                    "completeAll",
                    call -> call.with(0, call.<List<Settled>>argument(0).subList(0, 1))
                            .proceed(),
                    "anOutcomeIsStored",
                    "aRemovedUploadGetsNoOutcome"),
            lie(
                    "leaves an upload in the property that it was made for",
                    "completeAll",
                    call -> call.with(
                                    0,
                                    call.<List<Settled>>argument(0).stream()
                                            .map(end -> new Settled(
                                                    end.upload(),
                                                    end.status(),
                                                    end.outcome(),
                                                    null,
                                                    end.key(),
                                                    end.keepsBytes()))
                                            .toList())
                            .proceed(),
                    "aMoveToAnotherPropertyIsStored"),
            lie(
                    "lets any task end the processing",
                    "endTask",
                    call -> call.with(2, upload(call).outcome().task()).proceed(),
                    "aTaskStartsAndEndsProcessing"),
            lie(
                    "returns each caller's own expiry",
                    "renew",
                    call -> {
                        call.proceed();
                        return Optional.of(call.argument(0));
                    },
                    "renewalNeverShortensTheExpiry",
                    "anUploadThatIsNotPendingOrExpiredLongAgoIsNotRenewed"),
            lie(
                    "renews nothing",
                    "renew",
                    call -> {
                        UploadEntity renewed = call.argument(0);
                        return store(call).find(renewed.scope(), renewed.id());
                    },
                    "renewalNeverShortensTheExpiry",
                    "anOutcomeKeepsAConcurrentRenewal"),
            lie(
                    "renews what expired long ago",
                    "renew",
                    call -> call.with(1, Instant.EPOCH).proceed(),
                    "anUploadThatIsNotPendingOrExpiredLongAgoIsNotRenewed"),
            lie(
                    "shows nothing",
                    "list",
                    call -> new Page<>(List.of(), null, 1, 0, null),
                    "listsFilterAndTheirSumsCoverEverythingThatMatches"),
            lie(
                    "counts one page only",
                    "stats",
                    call -> new UploadListStats(1, 125, Map.of("PENDING", 1L), 125, 1),
                    "listsFilterAndTheirSumsCoverEverythingThatMatches"),
            lie("finds no open upload", "open", call -> List.of(), "openUploadsOfAllTenantsAreFound"),
            lie("finds no reserving upload", "reserving", call -> List.of(), "openUploadsReserveQuota"),
            lie(
                    "shows reserving uploads to other organizations",
                    "reserving",
                    call -> call.with(0, SCOPE.organization()).proceed(),
                    "openUploadsReserveQuota"),
            lie("lets nothing expire", "expired", call -> List.of(), "onlyOpenUploadsExpire"),
            lie("removes nothing", "removeAll", call -> null, "aRemovedUploadIsNotFound"));

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<UploadStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(UploadStore.class, name, method, twist, red);
    }

    private static UploadStore store(Lie.Call call) {
        return call.truth();
    }

    private static UploadEntity upload(Lie.Call call) {
        return store(call).find(call.argument(0), call.argument(1)).orElseThrow();
    }

    private static Settled withoutOutcome(Settled end) {
        return end.status() == TaskStatus.COMPLETED
                ? Settled.without(
                        end.upload(),
                        end.status(),
                        null,
                        requireNonNull(end.outcome().completedAt()),
                        end.keepsBytes())
                : end;
    }

    @Lying
    static class Liar extends UploadStoreContract {

        static List<Lie<UploadStore>> lies() {
            return LIES;
        }

        private final TestMongo mongo = new TestMongo(Databases.STAND_IN);
        private final UploadStore store;

        Liar(Lie<UploadStore> lie) {
            store = lie.over(new MongoUploadStore(mongo.template(), mongo.pages()));
        }

        @AfterEach
        void stop() {
            mongo.close();
        }

        @Override
        UploadStore store() {
            return store;
        }
    }
}
