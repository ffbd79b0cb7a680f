package dev.waybill.platform.health;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.MongoPing;
import dev.waybill.platform.redis.RedisGate;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health probes of the three stores: MongoDB, Redis and object storage. */
@Configuration(proxyBeanMethods = false)
class StoreProbes {

    @Bean
    HealthProbe cacheProbe(RedisGate redis) {
        return new HealthProbe(HealthPart.CACHE, () -> {
            if (!redis.answers()) {
                throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, HealthPart.CACHE.trouble());
            }
        });
    }

    @Bean
    HealthProbe metadataProbe(MongoPing mongo) {
        return new HealthProbe(HealthPart.METADATA, mongo::check);
    }

    /** A task is in the queue as soon as MongoDB has it; Redis only wakes the workers sooner. */
    @Bean
    HealthProbe taskQueueProbe(MongoPing mongo) {
        return new HealthProbe(HealthPart.TASK_QUEUE, () -> {
            try {
                mongo.check();
            } catch (WaybillException e) {
                throw new WaybillException(e.code(), HealthPart.TASK_QUEUE.trouble(), e.details(), e);
            }
        });
    }

    @Bean
    HealthProbe objectStorageProbe(ObjectProvider<ObjectStorage> storage) {
        return new HealthProbe(HealthPart.OBJECT_STORAGE, () -> {
            try {
                storage.ifAvailable(ObjectStorage::check);
            } catch (StorageException e) {
                throw new WaybillException(e.code(), sentence(e.kind()), e.details(), e);
            }
        });
    }

    private static String sentence(StorageException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, UNKNOWN, DISK_FULL -> HealthPart.OBJECT_STORAGE.trouble();
            case DENIED -> "Storage refuses the service's credentials.";
            case BROKEN -> "Storage gives answers that cannot be used; the bucket may be missing.";
        };
    }
}
