package dev.waybill.objects;

import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;

/** Something that was made of objects and goes with them. Each room that keeps such things has one as a bean. */
public interface DerivedDataCleanup {

    /**
     * Removes everything that was made of these. It is called when they are gone, and by the walk a few times more, as
     * the first call may not have come to its end: so it is cheap where nothing is left.
     *
     * @param objects at least one
     */
    void remove(Scope scope, Collection<ObjectId> objects);
}
