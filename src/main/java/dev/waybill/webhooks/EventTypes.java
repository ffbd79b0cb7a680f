package dev.waybill.webhooks;

import java.util.List;
import java.util.stream.Stream;

/** The types of events that webhooks can subscribe to. All of the contract's are accepted; some are not emitted yet. */
public final class EventTypes {

    public static final String TEST = "webhook.test";

    private static final List<String> OF_THE_CONTRACT = List.of(
            "object.created",
            "objects.created.batch",
            "object.updated",
            "object.deleted",
            "collection.created",
            "collection.updated",
            "collection.deleted",
            "collection.documents.written",
            "cluster.created",
            "cluster.updated",
            "cluster.deleted",
            "cluster.execution.started",
            "cluster.execution.completed",
            "cluster.execution.failed",
            "trigger.created",
            "trigger.updated",
            "trigger.deleted",
            "trigger.paused",
            "trigger.resumed",
            "trigger.fired",
            "trigger.execution.completed",
            "trigger.execution.failed",
            "taxonomy.created",
            "taxonomy.updated",
            "taxonomy.deleted",
            "alert.created",
            "alert.updated",
            "alert.deleted",
            "alert.triggered",
            "alert.execution.completed",
            "alert.execution.failed");

    private static final List<String> OWN = List.of(
            "bucket.deleted",
            "upload.completed",
            "upload.failed",
            "batch.completed",
            "batch.failed",
            "sync.completed",
            "sync.failed",
            "sync.suspended",
            "submission.submitted",
            TEST);

    static final List<String> ALL =
            Stream.concat(OF_THE_CONTRACT.stream(), OWN.stream()).toList();

    private EventTypes() {}
}
