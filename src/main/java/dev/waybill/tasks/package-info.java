/**
 * Tasks: durable receipts of long-running work, the queue and its workers. A submitted task is never lost: MongoDB
 * stores it, a lease decides who works on it, Redis only wakes workers and caches reads. Begin with {@code Tasks} and
 * {@code TaskHandler}, then {@code TaskWorker}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "platform.redis",
            "platform.health",
            "auth"
        })
package dev.waybill.tasks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
