package dev.waybill.syncs.mapping;

import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import org.jspecify.annotations.Nullable;

/** Result of choosing the property for a file. */
public sealed interface PropertyMatch {

    /**
     * A property matches.
     *
     * @param mediaType the file's media type there, without parameters
     */
    record Into(PropertyChoice property, String mediaType) implements PropertyMatch {}

    /**
     * None matches, or several do.
     *
     * @param property the intended one; null when there was none
     * @param misfit why it does not accept the file; null when its bytes are not the reason
     */
    record Nowhere(@Nullable String property, @Nullable Misfit misfit) implements PropertyMatch {

        static final Nowhere AT_ALL = new Nowhere(null, null);
    }
}
