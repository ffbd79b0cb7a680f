package dev.waybill.syncs.mapping;

import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import org.jspecify.annotations.Nullable;

/** Which property a file fills. */
public sealed interface PropertyMatch {

    /**
     * That one.
     *
     * @param mediaType what the file is told as there, without parameters
     */
    record Into(PropertyChoice property, String mediaType) implements PropertyMatch {}

    /**
     * None, or several would do.
     *
     * @param property the one that was meant; null when none was
     * @param misfit why that does not take the file; null when its bytes are not the reason
     */
    record Nowhere(@Nullable String property, @Nullable Misfit misfit) implements PropertyMatch {

        static final Nowhere AT_ALL = new Nowhere(null, null);
    }
}
