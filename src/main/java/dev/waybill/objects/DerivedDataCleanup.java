package dev.waybill.objects;

import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;

/** Data derived from objects, deleted together with them. Each module that stores such data has one as a bean. */
public interface DerivedDataCleanup {

    /**
     * Removes everything derived from these objects. It is called after they were deleted, and repeatedly by the walk,
     * as the first call may have been interrupted: so it must be idempotent, and cheap where nothing is left.
     *
     * @param objects at least one
     */
    void remove(Scope scope, Collection<ObjectId> objects);
}
