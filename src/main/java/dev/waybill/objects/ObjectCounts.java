package dev.waybill.objects;

import dev.waybill.tasks.TaskStatus;
import java.util.Map;

/** How many objects and blobs there are among those that were asked for. */
public record ObjectCounts(long objects, long blobs, Map<TaskStatus, Long> byStatus) {}
