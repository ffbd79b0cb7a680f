package dev.waybill.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The handlers of all rooms, by name. They are looked up late, because they themselves submit tasks. */
@Component
class TaskHandlers implements SmartInitializingSingleton {

    private final Supplier<List<TaskHandler>> beans;
    private volatile @Nullable Map<String, TaskHandler> byName;

    @Autowired
    TaskHandlers(ObjectProvider<TaskHandler> beans) {
        this(() -> beans.orderedStream().toList());
    }

    TaskHandlers(Supplier<List<TaskHandler>> beans) {
        this.beans = beans;
    }

    /** Two handlers of one name are a mistake that the start-up names. */
    @Override
    public void afterSingletonsInstantiated() {
        byName();
    }

    Optional<TaskHandler> find(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    Set<String> names() {
        return byName().keySet();
    }

    private Map<String, TaskHandler> byName() {
        Map<String, TaskHandler> known = byName;
        if (known == null) {
            known = collect(beans.get());
            byName = known;
        }
        return known;
    }

    private static Map<String, TaskHandler> collect(List<TaskHandler> handlers) {
        Map<String, TaskHandler> all = new LinkedHashMap<>();
        for (TaskHandler handler : handlers) {
            TaskHandler other = all.putIfAbsent(handler.name(), handler);
            if (other != null) {
                throw new IllegalStateException("two task handlers are named '%s': %s and %s"
                        .formatted(
                                handler.name(),
                                other.getClass().getName(),
                                handler.getClass().getName()));
            }
        }
        return Map.copyOf(all);
    }
}
