package dev.waybill.platform.mongo;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoManagedTypes;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.IndexResolver;
import org.springframework.stereotype.Component;

/**
 * Creates the indexes that documents' classes declare before the first request. When the database is away, they are
 * created as soon as it is there. An index that only makes lists fast keeps nobody from working; without one that keeps
 * values unique, whoever relies on it is refused. Spring Data's own creation does none of that, and is off.
 */
@Component
public final class MongoIndexes implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(MongoIndexes.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MongoOperations mongo;
    private final MongoManagedTypes documents;
    private final IndexResolver declared;
    private final Duration pause;
    private volatile boolean complete;
    private volatile boolean unique;
    private volatile @Nullable Thread later;

    @Autowired
    MongoIndexes(MongoOperations mongo, MongoManagedTypes documents) {
        this(mongo, documents, PAUSE);
    }

    MongoIndexes(MongoOperations mongo, MongoManagedTypes documents, Duration pause) {
        this.mongo = mongo;
        this.documents = documents;
        this.declared = IndexResolver.create(mongo.getConverter().getMappingContext());
        this.pause = pause;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            if (!create()) {
                LOG.warn("MongoDB is away; its indexes will be created when it is back");
                later = Thread.ofVirtual().name("mongo-indexes").start(this::createLater);
            }
        } catch (SchemaVersion.Mismatch refused) {
            // Whoever connects to the database next, as the start goes on, ends the start with this sentence.
            LOG.debug("No index is created in a database of another version", refused);
        }
    }

    @Override
    public void destroy() {
        Thread waiting = later;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /**
     * To be called before a write that relies on a unique index.
     *
     * @throws WaybillException 503 while one of them is missing
     */
    public void requireUnique() {
        if (!unique && !(create() && unique)) {
            throw new WaybillException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "The database is not ready yet: a unique index is missing. Try again in a few seconds.");
        }
    }

    /** Whether every declared index was requested, and none was left out because the database was away. */
    boolean isComplete() {
        return complete;
    }

    private void createLater() {
        try {
            do {
                Thread.sleep(pause);
            } while (!create());
            LOG.info("MongoDB is back; its indexes are there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SchemaVersion.Mismatch refused) {
            LOG.error("Nothing can be stored: {}", refused.getMessage());
        }
    }

    /** Returns false when the database is away. */
    private synchronized boolean create() {
        boolean allUnique = true;
        try {
            SchemaVersion.require(mongo);
        } catch (SchemaVersion.Mismatch refused) {
            throw refused;
        } catch (RuntimeException e) {
            if (MongoFailures.isUnavailable(e)) {
                return false;
            }
            throw e;
        }
        for (Class<?> document : documents.toList()) {
            for (IndexDefinition index : declared.resolveIndexFor(document)) {
                try {
                    mongo.indexOps(document).createIndex(index);
                } catch (RuntimeException e) {
                    if (MongoFailures.isUnavailable(e)) {
                        return false;
                    }
                    allUnique &= !isUnique(index);
                    logFailure(mongo.getCollectionName(document), index, e);
                }
            }
        }
        unique = allUnique;
        complete = true;
        return true;
    }

    private static boolean isUnique(IndexDefinition index) {
        return Boolean.TRUE.equals(index.getIndexOptions().get("unique"));
    }

    private static void logFailure(String collection, IndexDefinition index, RuntimeException failure) {
        String keys = index.getIndexKeys().toJson();
        if (isUnique(index)) {
            LOG.error(
                    "Unique index {} of '{}' was not created, and nothing that relies on it is written until it is."
                            + " Remove what is in its way and start again. {}",
                    keys,
                    collection,
                    failure.getMessage());
        } else {
            LOG.warn("Index {} of '{}' was not created, lists may be slow. {}", keys, collection, failure.getMessage());
        }
    }
}
