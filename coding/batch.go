package coding

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"

	"github.com/radcode/radcode/nlp"
)

// CodeAll codes reports with the given number of workers and yields the results
// in the order of the reports. Memory is bounded: at most a few reports per
// worker are held. The first error (only ever the context's) ends the sequence.
func (e *Engine) CodeAll(ctx context.Context, reports iter.Seq[nlp.Report], workers int) iter.Seq2[Result, error] {
	workers = max(workers, 1)
	return func(yield func(Result, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(workers + 1) // one more for the feeder
		queue := make(chan chan Result, 2*workers)
		g.Go(func() error {
			defer close(queue)
			for r := range reports {
				slot := make(chan Result, 1)
				select {
				case queue <- slot:
				case <-ctx.Done():
					return ctx.Err()
				}
				g.Go(func() error {
					res, err := e.Code(ctx, r)
					if err == nil {
						slot <- res
					}
					return err
				})
			}
			return nil
		})
		for slot := range queue {
			select {
			case res := <-slot:
				if !yield(res, nil) {
					cancel()
					_ = g.Wait() // the caller stopped; what the workers say no longer matters
					return
				}
			case <-ctx.Done():
				yield(Result{}, g.Wait())
				return
			}
		}
		if err := g.Wait(); err != nil {
			yield(Result{}, err)
		}
	}
}
