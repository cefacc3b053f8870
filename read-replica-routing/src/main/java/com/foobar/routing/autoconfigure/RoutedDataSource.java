package com.foobar.routing.autoconfigure;

/**
 * Which of the application's DataSource beans is the primary's pool.
 *
 * @param beanName its name
 */
record RoutedDataSource(String beanName) {

}
