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

/** The kit of upload stores finds out whoever does not keep to it. */
class UploadStoreKitTests {

    private static final List<Lie<UploadStore>> LIES = List.of(
            Lie.none(UploadStore.class),
            lie(
                    "drops one from a list",
                    "findAll",
                    call -> call.<List<UploadEntity>>proceed().stream().skip(1).toList(),
                    "whatIsKeptComesBackAsItWas",
                    "anUploadTellsItsEnd"),
            lie(
                    "keeps none if one is there",
                    "insertAll",
                    call -> call.<List<UploadEntity>>argument(0).stream()
                                    .anyMatch(upload -> store(call)
                                            .find(upload.scope(), upload.id())
                                            .isPresent())
                            ? null
                            : call.proceed(),
                    "whatIsThereAlreadyStaysAsItIs"),
            lie(
                    "starts tasks for other scopes",
                    "startTask",
                    call -> call.with(0, SCOPE).proceed(),
                    "noOtherScopeSeesIt"),
            lie(
                    "shows other scopes what there is",
                    "find",
                    call -> call.with(0, SCOPE).proceed(),
                    "noOtherScopeSeesIt"),
            lie(
                    "loses what came out",
                    "settleAll",
                    call -> call.with(
                                    0,
                                    call.<List<Settled>>argument(0).stream()
                                            .map(UploadStoreKitTests::withoutOutcome)
                                            .toList())
                            .proceed(),
                    "anUploadTellsItsEnd"),
            lie(
                    "tells each who ends an upload of his own end",
                    "settleAll",
                    call -> {
                        Map<UploadId, TaskStatus> wanted = call.<List<Settled>>argument(0).stream()
                                .collect(toMap(end -> end.upload().id(), Settled::status));
                        return call.<List<UploadEntity>>proceed().stream()
                                .map(upload -> upload.ended(
                                        wanted.get(upload.id()),
                                        upload.outcome(),
                                        upload.file().key()))
                                .toList();
                    },
                    "ofManyEndsThatAreGivenAtOnceOneHolds",
                    "whatHasItsEndKeepsIt"),
            lie(
                    "ends what is gone",
                    "settleAll",
                    call -> {
                        call.proceed();
                        return call.<List<Settled>>argument(0).stream()
                                .map(Settled::upload)
                                .map(upload -> store(call)
                                        .find(upload.scope(), upload.id())
                                        .orElse(upload))
                                .toList();
                    },
                    "whatIsGoneHasNoEnd"),
            lie(
                    "ends one of many",
                    "settleAll",
                    call -> call.with(0, call.<List<Settled>>argument(0).subList(0, 1))
                            .proceed(),
                    "anUploadTellsItsEnd",
                    "whatIsGoneHasNoEnd"),
            lie(
                    "leaves an upload in the property that it was made for",
                    "settleAll",
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
                    "anUploadWhoseBytesWentToAnotherPropertyTellsThat"),
            lie(
                    "lets any task give back an upload",
                    "endTask",
                    call -> call.with(2, upload(call).outcome().task()).proceed(),
                    "aTaskTakesAnUploadAndGivesItBack"),
            lie(
                    "tells each who renews an upload of his own time",
                    "renew",
                    call -> {
                        call.proceed();
                        return Optional.of(call.argument(0));
                    },
                    "aPendingUploadExpiresLaterAndNeverEarlier",
                    "whatIsNotPendingOrExpiredLongAgoGetsNoMoreTime"),
            lie(
                    "gives no more time",
                    "renew",
                    call -> {
                        UploadEntity renewed = call.argument(0);
                        return store(call).find(renewed.scope(), renewed.id());
                    },
                    "aPendingUploadExpiresLaterAndNeverEarlier",
                    "anEndLeavesTheTimeThatAnUploadWasGivenMeanwhile"),
            lie(
                    "gives more time to what expired long ago",
                    "renew",
                    call -> call.with(1, Instant.EPOCH).proceed(),
                    "whatIsNotPendingOrExpiredLongAgoGetsNoMoreTime"),
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
            lie("takes none for open", "open", call -> List.of(), "thoseThatAreOpenAreToldOfAllTenants"),
            lie("finds nobody who reserves", "reserving", call -> List.of(), "openUploadsTellWhatTheyReserve"),
            lie(
                    "shows who reserves to everybody",
                    "reserving",
                    call -> call.with(0, SCOPE.organization()).proceed(),
                    "openUploadsTellWhatTheyReserve"),
            lie("lets nothing expire", "expired", call -> List.of(), "onlyOpenUploadsExpire"),
            lie("removes nothing", "removeAll", call -> null, "whatIsRemovedIsGone"));

    @TestFactory
    Stream<DynamicTest> whoeverLiesIsFoundOut() {
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
