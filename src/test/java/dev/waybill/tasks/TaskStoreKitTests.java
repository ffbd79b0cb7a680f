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

/** The contract kit of task stores catches every store that breaks a promise. */
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
                    "returns true for a second insert",
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
                    "claims tasks without their payload",
                    "claim",
                    call -> call.<Optional<Claim>>proceed().map(claim -> changed(claim, Map.of(), false)),
                    "aClaimCarriesWhatTheWorkerNeeds",
                    "onlyAFailedTaskIsReplaced"),
            lie(
                    "cuts leases short",
                    "claim",
                    call -> call.with(3, call.<Instant>argument(3).minusMillis(1))
                            .proceed(),
                    "aTaskCannotBeClaimedBeforeItsLeaseEnds"),
            lie("renews nothing", "renew", call -> null, "aRenewedLeaseHolds"),
            lie(
                    "accepts progress from a worker that lost its lease",
                    "progress",
                    call -> call.with(1, token(call)).proceed(),
                    "aWorkerThatLostItsLeaseWritesNothing"),
            lie(
                    "renews for a worker that lost its lease",
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
                    "aWorkerThatLostItsLeaseWritesNothing"),
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
                    "forgets for a worker without the lease",
                    "forget",
                    call -> call.with(1, token(call)).proceed(),
                    "onlyTheLeaseHolderForgetsATask"),
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
                    "aFailureIsStoredInBothFields"),
            lie("loses progress", "progress", call -> call.argument(1).equals(token(call)), "progressIsStored"),
            lie(
                    "does not count failures",
                    "retry",
                    call -> store(call)
                            .reschedule(call.argument(0), call.argument(1), call.argument(2), call.argument(3)),
                    "aRetryWaitsAndCounts"),
            lie(
                    "counts rescheduled attempts as failures",
                    "reschedule",
                    call -> store(call).retry(call.argument(0), call.argument(1), call.argument(2), call.argument(3)),
                    "aRescheduledTaskCountsItsAttemptsAnew"),
            lie(
                    "counts released attempts",
                    "release",
                    call -> store(call)
                            .retry(call.argument(0), call.argument(1), call.argument(2), call.argument(2))
                            .isPresent(),
                    "aReleasedTaskCanBeClaimedAtOnce"),
            lie(
                    "cancels once only",
                    "cancel",
                    call -> {
                        Optional<Task> canceled = call.proceed();
                        return call.memory().put(call.argument(1), true) == null ? canceled : Optional.empty();
                    },
                    "aWaitingTaskIsCanceledAtOnce"),
            lie(
                    "hides a cancellation from the next worker",
                    "claim",
                    call -> call.<Optional<Claim>>proceed().map(claim -> changed(claim, claim.payload(), true)),
                    "aRunningTaskIsRequestedToCancel"),
            lie(
                    "denies what is done",
                    "cancel",
                    call -> call.<Optional<Task>>proceed().filter(task -> task.status() != TaskStatus.COMPLETED),
                    "cancelingWhatIsDoneChangesNothing"),
            lie(
                    "swaps the answers of a race",
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
                    "theOldestAreDueFirstAndUnknownHandlersOnlyAfterLong"),
            lie(
                    "drops one from a full page",
                    "due",
                    call -> {
                        List<TaskStore.Due> page = call.proceed();
                        return page.size() < call.<Integer>argument(4) ? page : page.subList(1, page.size());
                    },
                    "theOldestAreDueFirstAndUnknownHandlersOnlyAfterLong"),
            lie(
                    "returns tasks without a slot",
                    "due",
                    call -> call.with(2, List.of()).proceed(),
                    "tasksWithoutASlotAreNotDueAndHideNothing"),
            lie(
                    "takes an organization's lack of slots for everybody's",
                    "due",
                    call -> call.with(
                                    2,
                                    call.<List<TaskStore.Full>>argument(2).stream()
                                            .map(full -> new TaskStore.Full(full.handler(), null))
                                            .toList())
                            .proceed(),
                    "tasksWithoutASlotAreNotDueAndHideNothing"),
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
            lie(
                    "finds nothing by id alone",
                    "lookUp",
                    call -> Optional.empty(),
                    "aTaskOfAnyOrganizationIsFoundByItsId"),
            lie("hastens nothing", "hasten", call -> Optional.empty(), "aWaitingTaskIsHastenedAndNeverDelayed"),
            lie(
                    "hastens to at once",
                    "hasten",
                    call -> call.with(1, TaskStoreContract.NOW).proceed(),
                    "aWaitingTaskIsHastenedAndNeverDelayed"),
            lie(
                    "loses repeats",
                    "repeatAt",
                    call -> true,
                    "aTaskSubmittedWhileItRunsIsPutBackInsteadOfEnding",
                    "aRepeatDueBeforeTheRescheduleStartsSooner",
                    "aRepeatDueAfterTheRescheduleStaysRequested",
                    "aRequestedRepeatSurvivesATakeOver",
                    "aRepeatRequestedAtTheVeryEndIsNeverLost"),
            lie(
                    "ends a task that is to be repeated",
                    "finish",
                    call -> call.<Boolean>proceed() || call.argument(1).equals(token(call)),
                    "aTaskSubmittedWhileItRunsIsPutBackInsteadOfEnding"),
            lie(
                    "repeats at once",
                    "repeat",
                    call -> call.<Optional<Instant>>proceed().map(at -> at.minusSeconds(1)),
                    "aTaskSubmittedWhileItRunsIsPutBackInsteadOfEnding",
                    "aRepeatDueAfterTheRescheduleStaysRequested",
                    "aRequestedRepeatSurvivesATakeOver"),
            lie(
                    "lets a worker's pause stand",
                    "retry",
                    call -> call.<Optional<Instant>>proceed().map(at -> call.argument(2)),
                    "aRepeatDueBeforeTheRescheduleStartsSooner"),
            lie(
                    "reschedules too late",
                    "reschedule",
                    call -> call.with(2, call.<Instant>argument(2).plusSeconds(60))
                            .proceed(),
                    "aRescheduledTaskCountsItsAttemptsAnew",
                    "aRepeatDueAfterTheRescheduleStaysRequested"),
            lie(
                    "loses a repeat at a take-over",
                    "repeat",
                    call -> call.argument(1).equals("three") ? Optional.empty() : call.proceed(),
                    "aRequestedRepeatSurvivesATakeOver"),
            lie(
                    "repeats what was canceled",
                    "finish",
                    call -> call.<TaskCompletion>argument(2).status() != TaskStatus.CANCELED && call.<Boolean>proceed(),
                    "cancelingEndsATaskHoweverOftenARepeatIsRequested"),
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
    Stream<DynamicTest> everyLieIsFound() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<TaskStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(TaskStore.class, name, method, twist, red);
    }

    private static TaskStore store(Lie.Call call) {
        return call.truth();
    }

    /** The lease token of the task now. */
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
