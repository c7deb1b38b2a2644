"""General statistics and algorithms, one idea a module.

Nothing here knows what its numbers stand for. Functions take arrays and an explicit
``numpy.random.Generator`` where chance comes in, and return numbers or small frozen values.
``None`` means that a quantity is undefined for the data given; wrong input raises ``ValueError``.
Labels may be of any kind; ``None`` and NaN are missing.

Signatures of the parts that most others lean on (import the modules directly)::

    labelling.encode(labels) -> (codes, classes)                   code -1 is missing
    labelling.class_sizes(codes) -> counts
    labelling.paired_codes(first, second) -> (codes, codes)

    diversity.hill_number(counts, q) -> float
    diversity.rarefied_hill(counts, size, q, draws, rng) -> float
    diversity.gini_simpson(counts) -> float

    proportion.wilson_interval(successes, n, level=0.95) -> (low, high)
    proportion.normal_quantile(level) -> float
    ratio_interval.ratio_interval(numerator, denominator, level=0.95) -> (low, high)
    ratio_interval.clustered_share_interval(successes, totals, level=0.95) -> (low, high)
    median_interval.median_interval(values, level=0.95) -> (low, high)

    neighbours.nearest_neighbours(xy, k) -> (indices (n, k), distances (n, k))
    neighbours.nearest_of(xy, rows, k) -> (indices (m, k), distances (m, k))
    neighbours.nearest_target(from_xy, to_xy) -> (index, distance)
    neighbours.nearest_distance(from_xy, to_xy) -> distance

    permutation.NullDistribution(observed, mean, sd, low, high,
                                 p_lower, p_upper, p_two_sided, draws), .effect, .z
    permutation.null_distribution(observed, null, mean=None, level=0.95) -> NullDistribution
    permutation.permutation_test(statistic, labels, rng, draws=999, level=0.95)
    permutation.permuted_codes(codes, draws, rng) -> (draws, n)

    join_counts.neighbour_pairs(neighbours) -> pairs (m, 2)
    join_counts.different_label_share(labels, pairs) -> float | None
    join_counts.expected_different_share(labels) -> float | None
    join_counts.join_count_test(labels, pairs, rng, draws=999, level=0.95)
                                                    -> NullDistribution | None

    partitions.entropy(labels) -> float
    partitions.conditional_entropy(labels, given) -> float
    partitions.nestedness(inner, outer) -> float | None
    partitions.adjusted_mutual_information(first, second) -> float | None

    compactness.median_pairwise_distance(xy) -> float
    compactness.standard_distance(xy) -> float
    compactness.compactness_against_pool(xy, pool_xy, rng, draws=999, level=0.95)
                                          -> Compactness(observed, expected, ratio, null)
    compactness.draw_groups(pool, size, draws, rng) -> (draws, size)

    bootstrap.bootstrap_mean(values, rng, clusters=None, draws=999, level=0.95)
    bootstrap.bootstrap_ratio(numerator, denominator, rng, clusters=None, draws=999, level=0.95)
    bootstrap.bootstrap_median(values, rng, clusters=None, draws=999, level=0.95)
                       -> BootstrapInterval(value, low, high, level, draws, undefined, units)

    incidence.kaplan_meier(durations, events, entry=None) -> Curve
    incidence.aalen_johansen(durations, causes, cause=1, entry=None) -> Curve
    incidence.Curve(times, at_risk, events, values, variance, start)
        .at(time), .interval_at(time, level=0.95), .time_to(share) -> float | None
"""
