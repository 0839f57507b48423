package io.foundling.service.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The resources of this machine, or the limits of the container. */
final class Machine {

    private Machine() {}

    static long memoryInBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
