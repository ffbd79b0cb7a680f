package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit of task stores finds out whoever does not keep to it. */
class TaskStoreKitTests {

    private static final String FORGETFUL = "forgets leases at a restart";

    private static final List<Lie<TaskStore>> LIES = List.of(
            Lie.none(TaskStore.class),
            lie(
                    "mixes up handlers",
                    "find",
                    call -> call.<Optional<TaskStore.Stored>>proceed()
                            .map(stored -> new TaskStore.Stored(stored.task(), "other")),
                    "aTaskIsFoundAsItWasInserted"),
            lie(
                    "tells that a second insert came first",
                    "insert",
                    call -> {
                        call.proceed();
                        return true;
                    },
                    "aSecondInsertOfAnIdChangesNothing"),
            lie(
                    "shows tasks of other organizations",
                    "find",
                    call -> call.with(0, ACME).proceed(),
                    "anotherOrganizationFindsAndCancelsNothing"),
            lie(
                    "cancels tasks of other organizations",
                    "cancel",
                    call -> call.with(0, ACME).proceed(),
                    "anotherOrganizationFindsAndCancelsNothing"),
            lie(
                    "lets two win a race",
                    "claim",
                    call -> {
                        TaskId id = call.argument(0);
                        Object first = call.memory().putIfAbsent(id, Thread.currentThread());
                        Optional<Claim> claim = call.proceed();
                        return claim.isPresent() || first == null || first == Thread.currentThread()
                                ? claim
                                : store(call).find(ACME, id).map(stored -> won(stored, call.argument(1)));
                    },
                    "onlyOneWorkerWinsAClaim"),
            lie(
                    "hands tasks out without what they are about",
                    "claim",
                    call -> call.<Optional<Claim>>proceed().map(claim -> changed(claim, Map.of(), false)),
                    "aClaimTellsWhatTheWorkerNeeds",
                    "onlyAFailedTaskIsReplaced"),
            lie(
                    "cuts leases short",
                    "claim",
                    call -> call.with(3, call.<Instant>argument(3).minusMillis(1))
                            .proceed(),
                    "aTaskIsNotToBeHadBeforeItsLeaseEnds"),
            lie("renews nothing", "renew", call -> null, "aRenewedLeaseHolds"),
            lie(
                    "takes progress from who lost the lease",
                    "progress",
                    call -> call.with(1, token(call)).proceed(),
                    "whoLostTheLeaseWritesNothing"),
            lie(
                    "renews for who lost the lease",
                    "renew",
                    call -> {
                        Map<TaskId, String> tokens = call.argument(0);
                        TaskId id = tokens.keySet().iterator().next();
                        TaskStore truth = call.truth();
                        return call.with(
                                        0,
                                        Map.of(
                                                id,
                                                truth.watch(List.of(id)).get(id).token()))
                                .proceed();
                    },
                    "whoLostTheLeaseWritesNothing"),
            lie(
                    "finishes twice",
                    "finish",
                    call -> {
                        boolean done = call.proceed();
                        return done
                                ? call.memory().put(call.argument(0), true) == null
                                : call.memory().containsKey(call.argument(0));
                    },
                    "aFinishedTaskStaysFinished"),
            lie(
                    "forgets for who does not have the task",
                    "forget",
                    call -> call.with(1, token(call)).proceed(),
                    "onlyWhoHasATaskForgetsIt"),
            lie(
                    "loses why a task failed",
                    "finish",
                    call -> {
                        TaskCompletion taskCompletion = call.argument(2);
                        return call.with(
                                        2,
                                        new TaskCompletion(
                                                taskCompletion.status(),
                                                taskCompletion.outputs(),
                                                taskCompletion.additionalData(),
                                                null))
                                .proceed();
                    },
                    "aFailureIsKeptInBothPlaces"),
            lie("loses progress", "progress", call -> call.argument(1).equals(token(call)), "progressIsKept"),
            lie(
                    "does not count failures",
                    "retry",
                    call -> store(call).putOff(call.argument(0), call.argument(1), call.argument(2), call.argument(3)),
                    "aRetryWaitsAndCounts"),
            lie(
                    "counts what was put off",
                    "putOff",
                    call -> store(call).retry(call.argument(0), call.argument(1), call.argument(2), call.argument(3)),
                    "whatIsPutOffBeginsToCountAnew"),
            lie(
                    "counts what was handed back",
                    "handBack",
                    call -> store(call)
                            .retry(call.argument(0), call.argument(1), call.argument(2), call.argument(2))
                            .isPresent(),
                    "whatIsHandedBackCanBeTakenAtOnce"),
            lie(
                    "cancels once only",
                    "cancel",
                    call -> {
                        Optional<Task> canceled = call.proceed();
                        return call.memory().put(call.argument(1), true) == null ? canceled : Optional.empty();
                    },
                    "aWaitingTaskIsCanceledAtOnce"),
            lie(
                    "does not tell the next worker of a cancellation",
                    "claim",
                    call -> call.<Optional<Claim>>proceed().map(claim -> changed(claim, claim.payload(), true)),
                    "aRunningTaskIsAskedToStop"),
            lie(
                    "denies what is done",
                    "cancel",
                    call -> call.<Optional<Task>>proceed().filter(task -> task.status() != TaskStatus.COMPLETED),
                    "cancelingWhatIsDoneChangesNothing"),
            lie(
                    "answers those who race as if it were the other way round",
                    "cancel",
                    call -> call.<Optional<Task>>proceed()
                            .map(task -> !Thread.currentThread().isVirtual()
                                    ? task
                                    : task.in(
                                            task.status() == TaskStatus.CANCELED
                                                    ? TaskStatus.PROCESSING
                                                    : TaskStatus.CANCELED,
                                            task.updatedAt())),
                    "aCancellationIsNeverLostToAClaim"),
            lie(
                    "does not wait for long",
                    "insert",
                    call -> {
                        Task task = call.argument(0);
                        Instant due = call.argument(4);
                        return Duration.between(task.createdAt(), due).toSeconds() != 5
                                ? call.proceed()
                                : call.with(4, task.createdAt()).proceed();
                    },
                    "freshTasksAreLeftToTheStreamForAWhile"),
            lie(
                    "shows the youngest first",
                    "due",
                    call -> call.<List<TaskStore.Due>>proceed().reversed(),
                    "theOldestAreDueFirstAndStrangersOnlyAfterLong"),
            lie(
                    "drops one from a full page",
                    "due",
                    call -> {
                        List<TaskStore.Due> page = call.proceed();
                        return page.size() < call.<Integer>argument(4) ? page : page.subList(1, page.size());
                    },
                    "theOldestAreDueFirstAndStrangersOnlyAfterLong"),
            lie(
                    "looks for what has no room",
                    "due",
                    call -> call.with(2, List.of()).proceed(),
                    "whatHasNoRoomIsNotDueAndHidesNothing"),
            lie(
                    "takes an organization's lack of room for everybody's",
                    "due",
                    call -> call.with(
                                    2,
                                    call.<List<TaskStore.Full>>argument(2).stream()
                                            .map(full -> new TaskStore.Full(full.handler(), null))
                                            .toList())
                            .proceed(),
                    "whatHasNoRoomIsNotDueAndHidesNothing"),
            lie(
                    "counts one too many",
                    "waiting",
                    call -> call.<Long>proceed() + 1,
                    "onlyPendingOnesThatCouldStartAreCountedAsWaiting"),
            lie(
                    "counts what cannot start yet",
                    "waiting",
                    call -> call.with(0, call.<Instant>argument(0).plusSeconds(60))
                            .proceed(),
                    "onlyPendingOnesThatCouldStartAreCountedAsWaiting"),
            lie(
                    "starts tasks before they are due",
                    "insert",
                    call -> call.with(3, call.<Task>argument(0).createdAt()).proceed(),
                    "aTaskWaitsUntilItIsDue",
                    "aWaitingTaskIsHastenedAndNeverDelayed",
                    "onlyPendingOnesThatCouldStartAreCountedAsWaiting"),
            lie("does not look", "lookUp", call -> Optional.empty(), "whoeverOwnsItATaskIsFoundByItsId"),
            lie("hastens nothing", "hasten", call -> Optional.empty(), "aWaitingTaskIsHastenedAndNeverDelayed"),
            lie(
                    "hastens to at once",
                    "hasten",
                    call -> call.with(1, TaskStoreContract.NOW).proceed(),
                    "aWaitingTaskIsHastenedAndNeverDelayed"),
            lie(
                    "loses what is wanted again",
                    "repeatAt",
                    call -> true,
                    "whatIsWantedAgainWhileItRunsIsPutBackInsteadOfEnding",
                    "whatIsWantedSoonerThanItsWorkerSaysStartsSooner",
                    "whatIsWantedLaterThanItsWorkerSaysStaysWanted",
                    "whoTakesATaskOverKnowsThatItIsWantedAgain",
                    "whatIsWantedAtTheVeryEndIsNeverLost"),
            lie(
                    "ends what is wanted again",
                    "finish",
                    call -> call.<Boolean>proceed() || call.argument(1).equals(token(call)),
                    "whatIsWantedAgainWhileItRunsIsPutBackInsteadOfEnding"),
            lie(
                    "repeats at once",
                    "repeat",
                    call -> call.<Optional<Instant>>proceed().map(at -> at.minusSeconds(1)),
                    "whatIsWantedAgainWhileItRunsIsPutBackInsteadOfEnding",
                    "whatIsWantedLaterThanItsWorkerSaysStaysWanted",
                    "whoTakesATaskOverKnowsThatItIsWantedAgain"),
            lie(
                    "lets a worker's pause stand",
                    "retry",
                    call -> call.<Optional<Instant>>proceed().map(at -> call.argument(2)),
                    "whatIsWantedSoonerThanItsWorkerSaysStartsSooner"),
            lie(
                    "goes on only when it is wanted again",
                    "putOff",
                    call -> call.with(2, call.<Instant>argument(2).plusSeconds(60))
                            .proceed(),
                    "whatIsPutOffBeginsToCountAnew",
                    "whatIsWantedLaterThanItsWorkerSaysStaysWanted"),
            lie(
                    "forgets at a take-over that a task is wanted again",
                    "repeat",
                    call -> call.argument(1).equals("three") ? Optional.empty() : call.proceed(),
                    "whoTakesATaskOverKnowsThatItIsWantedAgain"),
            lie(
                    "repeats what was canceled",
                    "finish",
                    call -> call.<TaskCompletion>argument(2).status() != TaskStatus.CANCELED && call.<Boolean>proceed(),
                    "cancelingEndsItHoweverOftenItIsWanted"),
            lie(
                    "replaces whatever there is",
                    "replaceFailed",
                    call -> {
                        call.proceed();
                        return true;
                    },
                    "onlyAFailedTaskIsReplaced"),
            lie(FORGETFUL, "waiting", Lie.Call::proceed, "tasksSurviveARestart"));

    @TestFactory
    Stream<DynamicTest> whoeverLiesIsFoundOut() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<TaskStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(TaskStore.class, name, method, twist, red);
    }

    private static TaskStore store(Lie.Call call) {
        return call.truth();
    }

    /** Of who has the task now. */
    private static String token(Lie.Call call) {
        TaskId id = call.argument(0);
        return store(call).watch(List.of(id)).get(id).token();
    }

    private static Claim won(TaskStore.Stored stored, String token) {
        return new Claim(stored.task(), stored.handler(), Map.of(), 1, 0, token, Instant.MAX, false, false);
    }

    private static Claim changed(Claim claim, Map<String, Object> payload, boolean silent) {
        return new Claim(
                claim.task(),
                claim.handler(),
                payload,
                claim.attempt(),
                claim.failures(),
                claim.token(),
                claim.leaseUntil(),
                claim.cancelRequested() && !silent,
                claim.takenOver());
    }

    @Lying
    static class Liar extends TaskStoreContract {

        private final Lie<TaskStore> lie;
        private final TestMongo mongo = new TestMongo(Databases.STAND_IN);
        private final TaskStore store;

        Liar(Lie<TaskStore> lie) {
            this.lie = lie;
            this.store = lie.over(new MongoTaskStore(mongo.template()));
        }

        static List<Lie<TaskStore>> lies() {
            return LIES;
        }

        @AfterEach
        void stop() {
            mongo.close();
        }

        @Override
        TaskStore store() {
            return store;
        }

        @Override
        TaskStore reopened() {
            if (lie.name().equals(FORGETFUL)) {
                mongo.template()
                        .getCollectionNames()
                        .forEach(name -> mongo.template().dropCollection(name));
            }
            return store;
        }
    }
}
