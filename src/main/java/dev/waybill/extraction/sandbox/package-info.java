/**
 * Child processes that open users' files, so that the service opens none itself. A file ends its child at worst,
 * within limits of memory, time and disk, and no file is blamed for what this machine lacks. Begin with {@code
 * ProcessFileOpener} in the service and {@code ChildMain} in the child.
 */
@NullMarked
package dev.waybill.extraction.sandbox;

import org.jspecify.annotations.NullMarked;
