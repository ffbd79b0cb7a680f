package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.SCOPE;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.query.Page;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.Map;
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
                    call -> call.<List<Upload>>proceed().stream().skip(1).toList(),
                    "whatIsKeptComesBackAsItWas"),
            lie(
                    "keeps none if one is there",
                    "insertAll",
                    call -> call.<List<Upload>>argument(0).stream()
                                    .anyMatch(upload -> store(call)
                                            .find(upload.scope(), upload.id())
                                            .isPresent())
                            ? null
                            : call.proceed(),
                    "whatIsThereAlreadyStaysAsItIs"),
            lie(
                    "cancels for other scopes",
                    "cancel",
                    call -> call.with(0, SCOPE).proceed(),
                    "noOtherScopeSeesIt"),
            lie(
                    "shows other scopes what there is",
                    "find",
                    call -> call.with(0, SCOPE).proceed(),
                    "noOtherScopeSeesIt"),
            lie(
                    "loses what came out",
                    "complete",
                    call -> {
                        UploadStore.Completion completion = call.argument(0);
                        return call.with(0, new UploadStore.Completion(completion.upload(), Upload.Outcome.NONE, null))
                                .proceed();
                    },
                    "aCompletedUploadTellsItsOutcome"),
            lie(
                    "lets two win a race",
                    "complete",
                    call -> {
                        Object first = call.memory().putIfAbsent(1, Thread.currentThread());
                        boolean won = call.proceed();
                        return won || (first != null && first != Thread.currentThread());
                    },
                    "ofManyThatCompleteOneWins"),
            lie(
                    "fails what is canceled",
                    "fail",
                    call -> {
                        boolean failed = call.proceed();
                        return failed || status(call, TaskStatus.CANCELED);
                    },
                    "whatIsSettledStaysAsItIs"),
            lie(
                    "lets any task give back an upload",
                    "endTask",
                    call -> call.with(2, upload(call).outcome().task()).proceed(),
                    "aTaskTakesAnUploadAndGivesItBack"),
            lie("forgets who places", "isPlacing", call -> false, "oneAtATimeLooksForThePlaceOfAnObject"),
            lie(
                    "cancels what is being placed",
                    "cancel",
                    call -> {
                        store(call).stopPlacing(call.argument(0), call.argument(1), "one");
                        return call.proceed();
                    },
                    "whatIsBeingPlacedIsNeitherCanceledNorFailed"),
            lie(
                    "does not complete what is being placed",
                    "complete",
                    call -> {
                        UploadStore.Completion completion = call.argument(0);
                        Upload now = store(call)
                                .find(
                                        completion.upload().scope(),
                                        completion.upload().id())
                                .orElseThrow();
                        return now.outcome().placingAt() == null && call.<Boolean>proceed();
                    },
                    "whatIsBeingPlacedCompletes"),
            lie(
                    "loses one of many",
                    "completeAll",
                    call -> call.with(
                                    0,
                                    call.<List<UploadStore.Completion>>argument(0).stream()
                                            .skip(1)
                                            .toList())
                            .proceed(),
                    "manyCompleteInOneGo"),
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
            lie("lets nothing expire", "expired", call -> List.of(), "onlyOpenUploadsExpire"),
            lie("sweeps again and again", "swept", call -> null, "bytesAreDueOnceAndOnlyWhenTheirTimeHasCome"),
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

    private static Upload upload(Lie.Call call) {
        return store(call).find(call.argument(0), call.argument(1)).orElseThrow();
    }

    private static boolean status(Lie.Call call, TaskStatus status) {
        return upload(call).status() == status;
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
