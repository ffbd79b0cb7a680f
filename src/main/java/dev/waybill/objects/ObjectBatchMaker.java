package dev.waybill.objects;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.ids.IdSeries;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes many objects side by side; each succeeds or fails by itself. */
@Component
class ObjectBatchMaker {

    private static final Logger log = LoggerFactory.getLogger(ObjectBatchMaker.class);

    private final ObjectMaker maker;
    private final ObjectNews news;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final ObjectProvider<FailureTranslator> translators;
    private final int parallel;

    ObjectBatchMaker(
            ObjectMaker maker,
            ObjectNews news,
            ObjectProvider<FailureTranslator> translators,
            ObjectProperties properties,
            IdGenerator ids,
            InstantSource clock) {
        this.maker = maker;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
        this.translators = translators;
        this.parallel = properties.parallelCreates();
    }

    /** What became of one object: exactly one of the two is there. */
    record Result(ObjectMaker.@Nullable Made made, @Nullable WaybillException failure) {}

    /** The results, in the order of the requests. */
    List<Result> create(Caller caller, Bucket bucket, List<@Nullable CreateObjectRequest> requests) {
        Buckets.requireOpen(bucket);
        Semaphore places = new Semaphore(parallel);
        List<Future<Result>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < requests.size(); i++) {
                CreateObjectRequest request = requests.get(i);
                int index = i;
                IdGenerator.Branch own = ids.branch();
                running.add(threads.submit(() -> {
                    places.acquire();
                    try (IdSeries.Opened unused = own.open()) {
                        return one(caller, bucket, request, index);
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        List<Result> results = running.stream().map(ObjectBatchMaker::result).toList();
        tell(bucket, results);
        return results;
    }

    private void tell(Bucket bucket, List<Result> results) {
        List<ObjectId> made = new ArrayList<>();
        for (Result result : results) {
            ObjectMaker.Made one = result.made();
            if (one != null && one.fresh() && isUnchanged(one.object())) {
                made.add(one.object().id());
            }
        }
        if (!made.isEmpty()) {
            news.tell(new ObjectsCreatedBatch(bucket.scope(), bucket.id(), ids.next("req_"), made, clock.instant()));
        }
    }

    /** One that was there before and took in what was given has changed. */
    private static boolean isUnchanged(BucketObject object) {
        return object.updatedAt().equals(object.createdAt());
    }

    private Result one(Caller caller, Bucket bucket, @Nullable CreateObjectRequest request, int index) {
        try {
            CreateObjectRequest given = request == null ? CreateObjectRequest.EMPTY : request;
            return new Result(maker.create(caller, bucket, given, null, List.of("body", "objects", index)), null);
        } catch (WaybillException refused) {
            return new Result(null, refused);
        } catch (RuntimeException accident) {
            return new Result(null, told(accident));
        }
    }

    private WaybillException told(RuntimeException accident) {
        return translators
                .orderedStream()
                .map(translator -> translator.translate(accident))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> {
                    log.error("An object of a batch could not be made", accident);
                    return new WaybillException(
                            ErrorCode.INTERNAL,
                            "An internal error kept this object from being made",
                            java.util.Map.of());
                });
    }

    private static Result result(Future<Result> done) {
        try {
            return done.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("every failure is a result", impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is stopping; try again");
        }
    }
}
