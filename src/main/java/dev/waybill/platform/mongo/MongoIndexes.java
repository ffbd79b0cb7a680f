package dev.waybill.platform.mongo;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/**
 * Creates the declared indexes before the first request. None of them keeps the service from starting: what must be
 * unique for correctness is an {@code _id}. When the database is away, they are created as soon as it is there.
 */
@Component
final class MongoIndexes implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(MongoIndexes.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MongoOperations mongo;
    private final List<IndexDeclaration> declarations;
    private final Duration pause;
    private volatile boolean complete;
    private volatile @Nullable Thread later;

    @Autowired
    MongoIndexes(MongoOperations mongo, List<IndexDeclaration> declarations) {
        this(mongo, declarations, PAUSE);
    }

    MongoIndexes(MongoOperations mongo, List<IndexDeclaration> declarations, Duration pause) {
        this.mongo = mongo;
        this.declarations = List.copyOf(declarations);
        this.pause = pause;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!create()) {
            LOG.warn("MongoDB is away; its indexes will be created when it is back");
            later = Thread.ofVirtual().name("mongo-indexes").start(this::createLater);
        }
    }

    @Override
    public void destroy() {
        Thread waiting = later;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** Whether every declared index was asked for, and none was left out because the database was away. */
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
        }
    }

    /** Returns false when the database is away. */
    private boolean create() {
        for (IndexDeclaration declaration : declarations) {
            for (IndexDefinition index : declaration.indexes()) {
                try {
                    mongo.indexOps(declaration.collection()).createIndex(index);
                } catch (RuntimeException e) {
                    if (MongoFailures.isUnavailable(e)) {
                        return false;
                    }
                    tell(declaration.collection(), index, e);
                }
            }
        }
        complete = true;
        return true;
    }

    private static void tell(String collection, IndexDefinition index, RuntimeException failure) {
        String keys = index.getIndexKeys().toJson();
        if (Boolean.TRUE.equals(index.getIndexOptions().get("unique"))) {
            LOG.error(
                    "Unique index {} of '{}' was not created: two documents may share these values until it is."
                            + " Remove what is in its way and start again. {}",
                    keys,
                    collection,
                    failure.getMessage());
        } else {
            LOG.warn("Index {} of '{}' was not created, lists may be slow. {}", keys, collection, failure.getMessage());
        }
    }
}
