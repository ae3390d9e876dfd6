// Orders
export async function place(order) {
	try {
		return await orders.insert(order)
	} catch (error) {
		throw new Error(
			'could not place order',
			{ cause: error }
		)
	}
}
