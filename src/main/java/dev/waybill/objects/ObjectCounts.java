package dev.waybill.objects;

import dev.waybill.tasks.TaskStatus;
import java.util.Map;

/** Counts of the objects and blobs that match a list request. */
public record ObjectCounts(long objects, long blobs, Map<TaskStatus, Long> byStatus) {}
