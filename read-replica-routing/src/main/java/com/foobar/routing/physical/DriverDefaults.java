package com.foobar.routing.physical;

/**
 * Which defaults of Connector/J were changed for the sake of fewer round trips, and not
 * by the application.
 *
 * @param localStateAdded whether {@code useLocalSessionState} was
 * @param readOnlyAdded whether {@code readOnlyPropagatesToServer} was
 */
record DriverDefaults(boolean localStateAdded, boolean readOnlyAdded) {

}
